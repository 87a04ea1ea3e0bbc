package io.hedgerow.evaluate.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hedgerow.evaluate.statistics.Ranks;
import io.hedgerow.npy.Npy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against scikit-image, SciPy and NumPy, on pairs of maps; {@code deploy/fixtures/sanity.py} made the file. */
class SanityGoldenTest {
    private static final Path FOLDER = Path.of("src/test/resources/golden/evaluation");
    private static final int HEIGHT = 12;
    private static final int WIDTH = 16;

    private final JsonNode pairs;
    private final float[] maps;

    SanityGoldenTest() throws IOException {
        pairs = new ObjectMapper()
                .readTree(FOLDER.resolve("sanity.json").toFile())
                .path("pairs");
        maps = Npy.read(FOLDER.resolve("maps.npy")).toFloats();
    }

    private Relevance map(JsonNode index, float scale) {
        int from = index.asInt() * HEIGHT * WIDTH;
        float[] values = Arrays.copyOfRange(maps, from, from + HEIGHT * WIDTH);
        for (int i = 0; i < values.length; i++) {
            values[i] *= scale;
        }
        return new Relevance(values, HEIGHT, WIDTH);
    }

    private static double ssim(Relevance some, Relevance other, double range) {
        return new StructuralSimilarity(some).with(new StructuralSimilarity(other), range);
    }

    private static void assertIs(JsonNode expected, String name, double value) {
        JsonNode wanted = expected.path(name);
        if (wanted.isNull()) {
            assertThat(value).as("%s of %s", name, expected).isNaN();
        } else {
            assertThat(value).as("%s of %s", name, expected).isCloseTo(wanted.asDouble(Double.NaN), within(1e-6));
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {1, 1024, 1f / 4096})
    void shouldEqualOtherImplementationsAtAnyScale(float scale) {
        for (JsonNode pair : pairs) {
            Relevance some = map(pair.path("some"), scale);
            Relevance other = map(pair.path("other"), 1);

            assertIs(pair, "ssim", ssim(some, other, 2));
            assertIs(pair, "ssim_abs", ssim(some.absolute(), other.absolute(), 1));
            assertIs(pair, "spearman", Ranks.correlation(some.toDoubles(), other.toDoubles()));
            assertIs(
                    pair,
                    "spearman_abs",
                    Ranks.correlation(
                            some.absolute().toDoubles(), other.absolute().toDoubles()));
            assertIs(pair, "entropy", Sparseness.histogramEntropy(some));
        }
        assertThat(pairs).hasSizeGreaterThan(60);
    }

    @Test
    void shouldSayNothingOfMapsSmallerThanTheWindow() {
        Relevance small = new Relevance(new float[100], 10, 10);

        assertThat(ssim(small, small, 2)).isNaN();
    }
}
