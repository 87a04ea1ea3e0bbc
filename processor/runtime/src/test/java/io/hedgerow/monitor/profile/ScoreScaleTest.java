package io.hedgerow.monitor.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScoreScaleTest {
    @ParameterizedTest
    @ValueSource(doubles = {-1e30, -65_535, -40, -1, -0.01, 0, 0.01, 3.5, 12, 1_000, 1e9, 3.4e38})
    void shouldComeBackToTheSameNumber(double score) {
        double share = ScoreScale.share(score);

        assertThat(share).isBetween(0.0, 1.0);
        assertThat(ScoreScale.share(ScoreScale.score(share))).isEqualTo(share);
    }

    @Test
    void shouldKeepTheOrderAndTellUsualScoresApart() {
        assertThat(ScoreScale.share(-7)).isLessThan(ScoreScale.share(-6.9));
        assertThat(ScoreScale.share(12)).isLessThan(ScoreScale.share(12.1));
        assertThat(ScoreScale.score(ScoreScale.share(12.34))).isCloseTo(12.34, within(0.01));
        assertThat(ScoreScale.score(ScoreScale.share(-3.21))).isCloseTo(-3.21, within(0.01));
    }
}
