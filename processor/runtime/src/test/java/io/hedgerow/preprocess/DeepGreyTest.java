package io.hedgerow.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hedgerow.compiler.runtime.ElementType;
import io.hedgerow.compiler.runtime.ImageTensor;
import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.image.ImageDecoder;
import io.hedgerow.image.pixels.DecodedImage;
import io.hedgerow.image.pixels.Decoding;
import io.hedgerow.image.pixels.TiffBytes;
import io.hedgerow.image.resampling.Resampling;
import io.hedgerow.npy.Npy;
import io.hedgerow.npy.NpyArray;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * 16-bit greyscale before models of one channel; golden/README.md says how the files were made. OpenCV rounds to a level of
 * 65,535 once, Pillow twice, which is the tolerance.
 */
class DeepGreyTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    @ParameterizedTest
    @CsvSource({
        "png-grey-16.png, TENSORFLOW, 0.0001",
        "tiff-grey-16.tif, TENSORFLOW, 0.0001",
        "tiff-grey-16-differences.tif, PIL, 0.004",
        "tiff-grey-16.tif, OPENCV, 0.0022",
        "tiff-grey-16.tif, PIL, 0.004"
    })
    void shouldKeepItsDepthForFloatsOfOneChannel(String name, Resampling resampling, double tolerance)
            throws Exception {
        DecodedImage image = new ImageDecoder().decode(Files.readAllBytes(GOLDEN.resolve("decode/" + name)));
        for (int[] size : new int[][] {{14, 23}, {9, 17}, {20, 40}}) {
            String tag =
                    "%dx%d-%s".formatted(size[0], size[1], resampling.name().toLowerCase(Locale.ROOT));
            NpyArray expected = Npy.read(GOLDEN.resolve("decode-deep/" + tag + ".npy"));

            float[] tensor = floats(image, resampling, size[0], size[1]);

            FloatBuffer wanted = expected.data().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
            assertThat(tensor).hasSize(wanted.remaining());
            for (int i = 0; i < tensor.length; i++) {
                assertThat(tensor[i]).as("%s at %d", tag, i).isCloseTo(wanted.get(i), within((float) tolerance));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"png-grey-16.png", "tiff-grey-16.tif"})
    void shouldKeepTheUpperByteForBytes(String name) throws Exception {
        DecodedImage image = new ImageDecoder().decode(Files.readAllBytes(GOLDEN.resolve("decode/" + name)));

        ImageTensor tensor = Preprocessing.defaults().apply(image, new TensorSpec(14, 23, 1, ElementType.UINT8));

        for (int i = 0; i < 14 * 23; i++) {
            assertThat(tensor.data().get(i)).isEqualTo(image.pixels()[3 * i]);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"png-grey-16.png", "tiff-grey-16.tif"})
    void shouldKeepTheUpperByteAsTensorFlowsDecoderDoes(String name) throws Exception {
        byte[] file = Files.readAllBytes(GOLDEN.resolve("decode/" + name));

        DecodedImage image = new ImageDecoder().decode(file, Decoding.TENSORFLOW, 1);

        for (float level : floats(image, Resampling.TENSORFLOW, 14, 23)) {
            assertThat(level).isEqualTo((float) Math.floor(level));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldTurnItsDepthAsItTurnsItsColours(int orientation) throws Exception {
        byte[] file = Files.readAllBytes(GOLDEN.resolve("decode/tiff-grey-16.tif"));
        byte[] turned = TiffBytes.withField(file, 274, orientation);

        DecodedImage image = new ImageDecoder().decode(turned);

        char[] deep = image.deepGrey();
        assertThat(deep).isNotNull();
        for (int i = 0; i < deep.length; i++) {
            assertThat((byte) (deep[i] >> 8)).isEqualTo(image.pixels()[3 * i]);
        }
        assertThat(image.width()).isEqualTo(orientation < 5 ? 23 : 14);
    }

    private static float[] floats(DecodedImage image, Resampling resampling, int height, int width) {
        TensorSpec spec = new TensorSpec(height, width, 1, ElementType.FLOAT32);
        Preprocessing preprocessing =
                new Preprocessing(new InputSettings(null, null, resampling, null, null, null, null, null));
        ByteBuffer data = ByteBuffer.allocate(spec.bytes()).order(ByteOrder.nativeOrder());
        preprocessing.apply(image, spec, data);
        float[] floats = new float[spec.elements()];
        data.flip().asFloatBuffer().get(floats);
        return floats;
    }
}
