package io.hedgerow.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hedgerow.attribution.MapTransform;
import io.hedgerow.compiler.runtime.Attribution;
import io.hedgerow.compiler.runtime.ScoreKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoreKindsTest {
    private static final float[] LOGITS = {1, 2, 0.5f};
    private static final float[] PROBABILITIES = {0.231224f, 0.628532f, 0.140244f};
    private static final float[] LOGARITHMS = {-1.464368f, -0.464368f, -1.964368f};

    @ParameterizedTest
    @CsvSource({
        "PROBABILITY, PROBABILITY", "PROBABILITY, LOG_PROBABILITY", "PROBABILITY, LOGIT",
        "LOG_PROBABILITY, PROBABILITY", "LOG_PROBABILITY, LOG_PROBABILITY", "LOG_PROBABILITY, LOGIT",
        "LOGIT, PROBABILITY", "LOGIT, LOG_PROBABILITY", "LOGIT, LOGIT"
    })
    void shouldGiveWhatIsLoggedWhateverTheOutputIs(ScoreKind output, ScoreKind logged) {
        Attribution attribution = new Attribution(
                LOGITS, numbers(output), new int[] {1}, new float[][] {{0}}, 1, 1, MapTransform.IDENTITY);

        float[] found = new ScoreKinds(output, logged, false).logged(attribution);

        for (int i = 0; i < found.length; i++) {
            assertThat(found[i]).isCloseTo(numbers(logged)[i], within(1e-4f));
        }
    }

    @Test
    void shouldTakeTheSigmoidOfASingleLogit() {
        Attribution attribution = new Attribution(
                new float[] {-2, 2},
                new float[] {-2, 2},
                new int[] {1},
                new float[][] {{0}},
                1,
                1,
                MapTransform.IDENTITY);

        assertThat(new ScoreKinds(ScoreKind.LOGIT, ScoreKind.PROBABILITY, true).logged(attribution)[1])
                .isCloseTo(0.881f, within(1e-3f));
    }

    @Test
    void shouldShowProbabilitiesInPercentAndNothingElse() {
        assertThat(ScoreKind.PROBABILITY.show(0.316)).isEqualTo("31.6 %");
        assertThat(ScoreKind.LOG_PROBABILITY.show(-1.153)).isEqualTo("31.6 %");
        assertThat(ScoreKind.LOGIT.show(-1.153)).isEqualTo("logit -1.15");
        assertThat(ScoreKind.show("value", 17)).isEqualTo("value 17.00");
        assertThat(ScoreKind.show("", 0.75)).isEqualTo("0.750");
    }

    private static float[] numbers(ScoreKind kind) {
        return switch (kind) {
            case PROBABILITY -> PROBABILITIES;
            case LOG_PROBABILITY -> LOGARITHMS;
            default -> LOGITS;
        };
    }
}
