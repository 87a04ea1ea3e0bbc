package io.hedgerow.planted;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.attribution.Box;
import io.hedgerow.attribution.MapTransform;
import io.hedgerow.attribution.SignedMap;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Relevance is counted where its cells lie on the picture. */
class VerdictTest {
    private static final Offset<Double> ROUNDING = Offset.offset(1e-6);

    /** Two cells in a picture of 20 x 10, from x 4 on, each 6 wide and 8 high. */
    private static SignedMap map(float left, float right) {
        return new SignedMap(new float[] {left, right}, 1, 2, new MapTransform(6, 4, 8, 1));
    }

    @Test
    void shouldCountTheShareOfCellsInsideABox() {
        Verdict half = Verdict.of(map(1, 1), List.of(new Box(10, 0, 6, 10)));
        Verdict quarter = Verdict.of(map(1, 0), List.of(new Box(7, 5, 10, 5)));

        assertThat(half.inside()).isEqualTo(0.5, ROUNDING);
        assertThat(quarter.inside()).isEqualTo(0.25, ROUNDING);
    }

    @Test
    void shouldNotCountWhatSpeaksAgainst() {
        assertThat(Verdict.of(map(1, -3), List.of(new Box(4, 1, 6, 8))).holds()).isTrue();
        assertThat(Verdict.of(map(-1, -3), List.of(new Box(4, 1, 6, 8))).holds())
                .isFalse();
    }

    @Test
    void shouldAskForEvidenceOnEveryPatch() {
        List<Box> boxes = List.of(new Box(4, 1, 6, 8), new Box(10, 1, 6, 8));

        assertThat(Verdict.of(map(1, 1), boxes).holds()).isTrue();
        assertThat(Verdict.of(map(1, 0), boxes).holds()).isFalse();
    }
}
