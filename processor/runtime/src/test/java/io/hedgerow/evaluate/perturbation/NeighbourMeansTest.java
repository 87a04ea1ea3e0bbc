package io.hedgerow.evaluate.perturbation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

/** Against SciPy's direct solver; {@code deploy/fixtures/sanity.py} made the file. */
class NeighbourMeansTest {
    private static final Path FILE = Path.of("src/test/resources/golden/evaluation/sanity.json");

    @Test
    void shouldSolveAsADirectSolverDoes() throws IOException {
        JsonNode systems = new ObjectMapper().readTree(FILE.toFile()).path("systems");
        for (JsonNode system : systems) {
            int height = system.path("height").asInt();
            int width = system.path("width").asInt();
            float[] values = new float[height * width];
            BitSet missing = new BitSet();
            for (int i = 0; i < values.length; i++) {
                boolean isMissing = system.path("missing").asText().charAt(i) == '1';
                missing.set(i, isMissing);
                // what is missing must not matter
                values[i] =
                        isMissing ? 1e6f : (float) system.path("picture").get(i).asDouble();
            }

            new NeighbourMeans(missing, height, width).solve(values, 1e-6 * 255);

            for (int i = 0; i < values.length; i++) {
                // a hundredth of the noise that is added
                assertThat(values[i])
                        .as("pixel %d of %d x %d", i, height, width)
                        .isCloseTo((float) system.path("filled").get(i).asDouble(), within(0.0255f));
            }
        }
        assertThat(systems).hasSize(6);
    }

    @Test
    void shouldTakeTheMeanWhereNothingIsLeft() {
        BitSet all = new BitSet();
        all.set(0, 6);
        float[] values = {1, 2, 3, 4, 5, 9};

        new NeighbourMeans(all, 2, 3).solve(values, 1e-6);

        assertThat(values).containsOnly(4);
    }
}
