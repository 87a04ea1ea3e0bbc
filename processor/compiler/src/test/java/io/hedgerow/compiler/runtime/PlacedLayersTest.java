package io.hedgerow.compiler.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hedgerow.compiler.Compiler;
import io.hedgerow.compiler.api.CompileOptions;
import io.hedgerow.compiler.api.ExplanationInfo;
import io.hedgerow.compiler.api.Placement;
import io.hedgerow.compiler.api.Run;
import io.hedgerow.engine.TensorFlowRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Where maps lie on pictures of 96 x 64 of which Keras's own layers show the network a part, a mirror image or another size,
 * by arithmetic. The models are made by {@code deploy/fixtures/placed.py}.
 */
class PlacedLayersTest {
    private static final Path MODELS = Path.of("src/test/resources/fixtures/placed");

    @TempDir
    private Path folder;

    @BeforeAll
    static void startTensorFlow() {
        TensorFlowRuntime.start();
    }

    /** Runs are first index, count, centre of the first, step; layers are told from left to right. */
    @ParameterizedTest
    @CsvSource({
        "center_crop, 0 32 16.5 1, 0 36 30.5 1",
        "cropping, 0 32 10.5 1, 0 32 30.5 1",
        "letterbox, 8 32 1 2, 0 48 1 2",
        "crop_to_aspect, 0 32 1 2, 0 32 17 2",
        // zeros before a convolution are its own padding, and none of its map
        "padded, 0 64 0.5 1, 0 96 0.5 1",
        "resized, 0 48 0.66666667 1.33333333, 0 48 1 2",
        "mirrored, 0 64 0.5 1, 0 96 95.5 -1",
        "with_mirror, 0 64 0.5 1, 0 96 0.5 1; 0 96 95.5 -1",
        "halves, 0 64 0.5 1, 0 48 0.5 1; 0 48 48.5 1"
    })
    void shouldPlaceWhatKerasLayersShow(String name, String down, String across) throws IOException {
        ExplanationInfo info = new Compiler().compile(MODELS.resolve(name), CompileOptions.DEFAULT, folder);

        List<Placement> placements = info.method().layers().stream()
                .map(ExplanationInfo.Layer::placement)
                .sorted(Comparator.comparingDouble(
                        placement -> placement.across().get(0).centre()))
                .toList();
        String[] expected = across.split("; ");
        assertThat(placements).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(placements.get(i).transposed()).isFalse();
            assertRun(placements.get(i).down(), down);
            assertRun(placements.get(i).across(), expected[i]);
        }
        assertThat(info.selfCheck().warnings()).isEmpty();
    }

    private static void assertRun(List<Run> runs, String expected) {
        double[] numbers = Arrays.stream(expected.split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
        assertThat(runs).hasSize(1);
        Run run = runs.get(0);
        assertThat(new double[] {run.first(), run.count(), run.centre(), run.step(), run.size()})
                .containsExactly(
                        new double[] {numbers[0], numbers[1], numbers[2], numbers[3], Math.abs(numbers[3])},
                        within(1e-6));
    }
}
