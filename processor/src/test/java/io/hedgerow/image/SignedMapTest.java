package io.hedgerow.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class SignedMapTest {
    private static final SignedMap MAP =
            new SignedMap(new float[] {1, 2, 3, 4, -5, 6, 7, 8, 9}, 3, 3, new MapTransform(10, 5, 20, 0));

    @Test
    void shouldSumSquaresIntoLargerCells() {
        SignedMap coarse = MAP.coarsened(2);

        assertThat(new int[] {coarse.height(), coarse.width()}).containsExactly(2, 2);
        assertThat(new float[] {coarse.get(0), coarse.get(1), coarse.get(1, 0), coarse.get(1, 1)})
                .containsExactly(1 + 2 + 4 - 5, 3 + 6, 7 + 8, 9);
        assertThat(coarse.toImage()).isEqualTo(new MapTransform(20, 5, 40, 0));
    }

    @Test
    void shouldSmoothOverTheCellsThatThereAre() {
        SignedMap smooth = MAP.smoothed();

        assertThat(smooth.get(1, 1)).isEqualTo(35 / 9f);
        assertThat(smooth.get(0, 0)).isEqualTo(2 / 4f);
        assertThat(smooth.get(2, 1)).isEqualTo(29 / 6f);
        assertThat(smooth.toImage()).isEqualTo(MAP.toImage());
    }

    @Test
    void shouldRefuseValuesThatDoNotFitItsCells() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SignedMap(new float[5], 2, 3, MapTransform.IDENTITY))
                .withMessage("5 values for 2 x 3 cells");
    }
}
