package io.hedgerow.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hedgerow.compiler.api.ExplanationInfo;
import io.hedgerow.demo.BundledModel;
import io.hedgerow.demo.surface.StickerPolicy;
import io.hedgerow.demo.surface.SurfaceGenerator;
import io.hedgerow.engine.TensorFlowRuntime;
import io.hedgerow.npy.Npy;
import io.hedgerow.npy.NpyArray;
import io.hedgerow.preprocess.PlacedModel;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.ndarray.Shape;

/** The commands that take a model, as a user types them. */
class ModelCommandsTest {
    private static final Path FIXTURES = Path.of("../compiler/src/test/resources/fixtures/models");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private int run(String... arguments) {
        return Hedgerow.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    @Test
    void shouldSayWhereTheDecoderOfJpegMatters() {
        Path model = FIXTURES.resolve("resnet_basic").resolve("saved_model");
        Path pictures = Path.of("src/test/resources/golden/decode");

        explain(model, pictures.resolve("png-rgb.png"));
        assertThat(err.toString()).isEmpty();

        // stored on its side: TensorFlow's decoder leaves it so
        explain(model, pictures.resolve("jpeg-exif-6.jpg"));
        assertThat(err.toString())
                .startsWith("The decoder matters here: of the first 1 JPEG picture,")
                .contains("input: decoder: tensorflow in model.yaml");
    }

    private void explain(Path model, Path picture) {
        int code = run("explain", "--model", model.toString(), "--out", folder.toString(), picture.toString());

        assertThat(code).isZero();
        assertThat(folder.resolve(picture.getFileName().toString().replaceFirst("\\.\\w+$", ".png")))
                .exists();
    }

    @Test
    void shouldWriteMapsAndScoresOfEveryRowOfAnArray() throws Exception {
        Path fixture = FIXTURES.resolve("resnet_basic");

        int code = run(
                "explain",
                "--model",
                fixture.resolve("saved_model").toString(),
                "--class",
                "6",
                "--class",
                "0",
                "--ratio",
                "1",
                "--out",
                folder.toString(),
                fixture.resolve("input.npy").toString());

        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
        float[] expected = Npy.read(fixture.resolve("map_ratio1.npy")).toFloats();
        float[] logits = Npy.read(fixture.resolve("logits.npy")).toFloats();
        int cells = expected.length / 4;
        for (int i = 0; i < 4; i++) {
            NpyArray maps = Npy.read(folder.resolve("input-" + i + ".npy"));
            assertThat(maps.shape()).containsExactly(2, 96, 96);
            float[] map = Arrays.copyOf(maps.toFloats(), cells);
            float[] wanted = Arrays.copyOfRange(expected, i * cells, (i + 1) * cells);
            assertThat(largest(map, wanted)).isLessThan(1e-3 * largest(wanted, new float[cells]));
            JsonNode json = json(folder.resolve("input-" + i + ".json"));
            for (int c = 0; c < 10; c++) {
                assertThat((float) json.get("scores").get(c).asDouble()).isCloseTo(logits[i * 10 + c], within(1e-3f));
            }
            assertThat(json.get("classes").get(1).get("class").asInt()).isZero();
            assertThat(json.get("referenceLayer").asText()).endsWith("Relu_6");
            assertThat(folder.resolve("input-" + i + ".png")).doesNotExist();
        }
    }

    @Test
    void shouldExplainByAnotherMethodAndSayHow() throws Exception {
        Path fixture = FIXTURES.resolve("resnet_basic");
        String model = fixture.resolve("saved_model").toString();
        String input = fixture.resolve("input.npy").toString();

        assertThat(run("explain", "--model", model, "--method", "smoothgrad", "--out", folder.toString(), input))
                .isZero();
        JsonNode json = json(folder.resolve("input-0.json"));
        assertThat(json.get("method").asText()).isEqualTo("smoothgrad");
        assertThat(json.get("parameters").get("samples").asText()).isEqualTo("16");
        assertThat(json.get("parameters").get("sigma").asText()).isEqualTo("0.15");
        assertThat(json.has("ratio")).isFalse();
        assertThat(run("explain", "--model", model, "--method", "magic", "--out", folder.toString(), input))
                .isEqualTo(2);
        assertThat(err.toString()).contains("'magic' is no method; there are gradient-hedging, ");
    }

    @Test
    void shouldDrawAPictureAndGoOnAfterABadOne() throws Exception {
        Path model = BundledModel.SURFACE_BIASED.unpack(folder);
        Path part = folder.resolve("part.png");
        ImageIO.write(new SurfaceGenerator(3).draw(0, StickerPolicy.BIASED).image(), "png", part.toFile());
        Path text = Files.writeString(folder.resolve("notes.jpg"), "no picture");

        int code = run(
                "explain",
                "--model",
                model.toString(),
                "--out",
                folder.resolve("out").toString(),
                text.toString(),
                folder.resolve("absent.png").toString(),
                part.toString());

        assertThat(code).isEqualTo(1);
        assertThat(err.toString().lines()).hasSize(2).allMatch(line -> line.startsWith("hedgerow: "));
        assertThat(err.toString()).contains("notes.jpg").contains("absent.png: there is no such file");
        assertThat(ImageIO.read(folder.resolve("out/part.png").toFile()).getWidth())
                .isGreaterThan(100);
        JsonNode explained =
                json(folder.resolve("out/part.json")).get("classes").get(0);
        assertThat(explained.get("label").asText()).isIn("ok", "scratch", "dent", "stain");
        assertThat(explained.get("evidence").get(0).get("share").asDouble()).isBetween(0.0, 1.0);
        assertThat(explained.get("statistics").get("concentration").asDouble()).isBetween(0.0, 1.0);
    }

    @Test
    void shouldExplainPicturesAtTheirOwnSizeOrTheOneSetWhereTheModelTakesAny() throws Exception {
        String model = FIXTURES.resolve("dynamic_keras3/saved_model").toString();
        Path part = folder.resolve("part.png");
        var picture = new SurfaceGenerator(3).draw(0, StickerPolicy.BIASED).image();
        ImageIO.write(picture, "png", part.toFile());
        Path settings = Files.writeString(folder.resolve("small.yaml"), "input: {size: [20, 36]}");

        int own =
                run("explain", "--model", model, "--out", folder.resolve("own").toString(), part.toString());
        int set = run(
                "explain",
                "--model",
                model,
                "--preprocess",
                settings.toString(),
                "--out",
                folder.resolve("set").toString(),
                part.toString());

        assertThat(err.toString()).isEmpty();
        assertThat(own + set).isZero();
        assertThat(Npy.read(folder.resolve("own/part.npy")).shape())
                .containsExactly(1, picture.getHeight(), picture.getWidth());
        assertThat(Npy.read(folder.resolve("set/part.npy")).shape()).containsExactly(1, 20, 36);
    }

    @Test
    void shouldSayWhatIsSeenOfThePictureAndPlaceItThere() throws Exception {
        TensorFlowRuntime.start();
        Path model = PlacedModel.write(
                folder.resolve("model"),
                Shape.of(-1, 64, 96, 3),
                (tf, x) -> tf.reverse(
                        tf.slice(x, tf.constant(new int[] {0, 16, 32, 0}), tf.constant(new int[] {-1, 32, 40, -1})),
                        tf.constant(new int[] {2})));
        BufferedImage picture = new BufferedImage(192, 128, BufferedImage.TYPE_INT_RGB);
        picture.createGraphics().fillRect(80, 50, 20, 20);
        Path file = folder.resolve("blob.png");
        ImageIO.write(picture, "png", file.toFile());

        run(
                "compile",
                "--model",
                model.toString(),
                "--out",
                folder.resolve("made").toString());
        int code = run(
                "explain", "--model", model.toString(), "--class", "1", "--out", folder.toString(), file.toString());

        assertThat(code).isZero();
        assertThat(out.toString()).contains("x 32 to 72 of 96, y 16 to 48 of 64, left to right mirrored");
        JsonNode json = json(folder.resolve("blob.json"));
        assertThat(json.get("map").get("scaleX").asDouble()).isEqualTo(2);
        assertThat(json.get("map").get("offsetX").asDouble()).isEqualTo(64);
        assertThat(json.get("map").get("offsetY").asDouble()).isEqualTo(32);
        JsonNode box = json.get("classes").get(0).get("evidence").get(0).get("box");
        assertThat(box.get("x").asInt()).isBetween(76, 84);
        assertThat(box.get("y").asInt()).isBetween(46, 54);
        // half of the evidence, which may lie in less than all of the square
        assertThat(box.get("width").asInt()).isBetween(10, 28);
    }

    @Test
    void shouldNotReadACompiledModelThatDoesNotSayWhereItsMapsLie() throws Exception {
        Files.writeString(folder.resolve(ExplanationInfo.FILE), "{\"format\": \"1\"}");

        assertThatThrownBy(() -> ExplanationInfo.read(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("compile the model again");
    }

    @Test
    void shouldSayWhatWasFoundAndMade() throws Exception {
        Path made = folder.resolve("made");
        int code = run(
                "compile",
                "--json",
                "--model",
                FIXTURES.resolve("vgg/saved_model").toString(),
                "--out",
                made.toString());

        assertThat(code).isZero();
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.get("input").get("height").asInt()).isEqualTo(96);
        assertThat(json.get("classes").asInt()).isEqualTo(10);
        assertThat(json.get("methods").get(0).get("families").get("convolution").asInt())
                .isEqualTo(5);
        assertThat(ExplanationInfo.read(made).modelSha256()).hasSize(64);
    }

    @Test
    void shouldMeasureExplainingInTermsOfTheForwardPass() throws Exception {
        int code = run(
                "bench",
                "--json",
                "--batch",
                "2",
                "--rounds",
                "1",
                "--model",
                FIXTURES.resolve("vgg/saved_model").toString());

        assertThat(code).isZero();
        JsonNode json = new ObjectMapper().readTree(out.toString());
        double forward = json.get("forward_images_per_second").asDouble();
        double explain = json.get("explain_images_per_second").asDouble();
        assertThat(json.get("explain_to_forward").asDouble()).isCloseTo(forward / explain, within(1e-6));
        assertThat(json.get("peak_bytes").asLong()).isNotZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    explain --model {} --class 10 --out {out} x.png         | 2 | --class 10: the model has classes 0 to 9
                    explain --model {} --class -1 --out {out} x.png         | 2 | --class -1: the model has classes 0 to 9
                    explain --model {} --ratio 2.5 --out {out} x.png        | 2 | --ratio 2.5: takes 1 to 2
                    explain --model {} --out {out}                          | 2 | Missing required parameter: 'FILE'
                    explain --model {} --reference-layer no --out {out} x.png | 1 | no node that depends on the image is named 'no'
                    explain --model {out}/absent --out {out} x.png          | 1 | absent does not exist
                    compile --model {}/variables --out {out}/made           | 1 | is no SavedModel: it holds no saved_model.pb
                    compile --model {} --out {}                             | 1 | is not empty
                    bench                                                   | 2 | Missing required option: '--model=DIR'
                    bench --stream                                          | 2 | Missing required option: '--model=DIR'
                    bench --stream --simulate 5                             | 2 | --simulate 5: takes milliseconds a batch and an image
                    bench --stream --simulate 0,0                           | 2 | --simulate 0,0: takes milliseconds a batch and an image
                    bench --stream --model {} --devices 2                   | 2 | --devices 2: several devices are measured with --simulate only
                    bench --stream --simulate 5,5 --partitions 0            | 2 | --partitions 0: takes 1 to
                    bench --stream --simulate 5,5 --image-bytes 1TB         | 2 | --image-bytes 1TB: takes a size up to 20MB
                    bench --stream --simulate 5,5 --image-size 5            | 2 | --image-size 5: takes width and height
                    bench --model {out}/compiled                            | 1 | compiled is compiled already: name the folder of the model
                    bench --model {} --batch 0                              | 2 | --batch 0: takes 1 to
                    """)
    void shouldSayInOneLineWhatIsWrong(String command, int code, String message) throws Exception {
        Files.createFile(Files.createDirectory(folder.resolve("compiled")).resolve("explanation.json"));
        String model = FIXTURES.resolve("vgg/saved_model").toString();
        String[] arguments = command.replace("{out}", folder.toString())
                .replace("{}", model)
                .strip()
                .split(" +", -1);

        assertThat(run(arguments)).isEqualTo(code);
        assertThat(err.toString().lines().findFirst().orElseThrow())
                .startsWith("hedgerow: ")
                .contains(message);
        assertThat(err.toString()).doesNotContain("\tat ");
    }

    private static JsonNode json(Path file) throws Exception {
        return new ObjectMapper().readTree(Files.readString(file));
    }

    private static double largest(float[] a, float[] b) {
        double largest = 0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs(a[i] - b[i]));
        }
        return largest;
    }
}
