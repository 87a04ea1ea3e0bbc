package io.hedgerow.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hedgerow.compiler.runtime.ElementType;
import io.hedgerow.compiler.runtime.ScoreKind;
import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.image.pixels.DecodedImage;
import io.hedgerow.yaml.YamlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelYamlTest {
    private static final DecodedImage PIXEL = new DecodedImage(new byte[] {(byte) 255, 0, 51}, 1, 1);
    private static final TensorSpec SPEC = new TensorSpec(1, 1, 3, ElementType.FLOAT32);

    @TempDir
    Path temp;

    Path model;

    @BeforeEach
    void createModel() throws IOException {
        model = Files.createDirectory(temp.resolve("surface"));
    }

    @Test
    void shouldDoWithoutAFile() throws Exception {
        ModelYaml yaml = ModelYaml.of(model);

        assertThat(yaml.name()).isEqualTo("surface");
        assertThat(yaml.version()).isEmpty();
        assertThat(yaml.labels()).isEmpty();
        assertThat(yaml.score()).isNull();
        assertThat(floats(yaml)).containsExactly(255, 0, 51);
    }

    @Test
    void shouldReadEveryKey() throws Exception {
        write(
                """
                name: inspection
                version: "3"
                labels: [ok, "no", scratch]
                score: logit
                input:
                  resize: center-crop
                  resampling: opencv
                  channels: bgr
                  range: [0, 255]
                  mean: [41, 0, 5]
                  std: 2
                """);

        ModelYaml yaml = ModelYaml.of(model);

        assertThat(yaml.name()).isEqualTo("inspection");
        assertThat(yaml.version()).isEqualTo("3");
        assertThat(yaml.labels()).containsExactly("ok", "no", "scratch");
        assertThat(yaml.score()).isEqualTo(ScoreKind.LOGIT);
        assertThat(floats(yaml)).containsExactly(5, 0, 125);
    }

    @Test
    void shouldTakeLabelsFromTheTextFileBeside() throws Exception {
        Files.writeString(model.resolve("labels.txt"), "ok\nscratch\n");

        assertThat(ModelYaml.of(model).labels()).containsExactly("ok", "scratch");
    }

    @Test
    void shouldTakeAFileOfCommentsForAnEmptyOne() throws Exception {
        write("# nothing yet\n");

        assertThat(ModelYaml.of(model).name()).isEqualTo("surface");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    inputs: {}                  | line 1: unknown key inputs; did you mean input?
                    input: {resizing: stretch}  | line 1: unknown key input.resizing; did you mean resize?
                    input: {resize: strech}     | line 1: input.resize: strech is not one of stretch, center-crop
                    input: {range: [1, 0]}      | input: range is [1.0, 0.0]; it takes two numbers, the smaller first
                    input: {range: [1]}         | input: range is [1.0]; it takes two numbers
                    input: {std: [1, 0, 1]}     | input: std is [1.0, 0.0, 1.0]; every number must be above 0
                    input: {mean: [1, x]}       | input.mean[1]:
                    input: {mean: [1, 1e999]}   | input: mean is [1.0, Infinity]; every number must be finite
                    score: 1                    | line 1: score: 1 is not one of probability, log-probability, logit, value
                    name: [a, b]                | line 1: name:
                    'name: a\\nname: b'         | line 2: Duplicate field 'name'
                    'input: ['                  | line 1
                    - a list                    | line 1
                    """)
    void shouldSayWhatIsWrongAndWhere(String text, String message) throws Exception {
        write(text.replace("\\n", "\n"));

        assertThatThrownBy(() -> ModelYaml.of(model))
                .isInstanceOf(YamlException.class)
                .hasMessageStartingWith(model.resolve("model.yaml").toString())
                .hasMessageContaining(message)
                .message()
                .doesNotContain("\n");
    }

    private void write(String text) throws IOException {
        Files.writeString(model.resolve("model.yaml"), text);
    }

    private static float[] floats(ModelYaml yaml) {
        float[] values = new float[3];
        yaml.input().apply(PIXEL, SPEC).data().asFloatBuffer().get(values);
        return values;
    }
}
