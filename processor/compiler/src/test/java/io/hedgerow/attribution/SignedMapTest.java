package io.hedgerow.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

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
    void shouldBlurWithoutMovingOrLosingRelevance() {
        float[] values = new float[41 * 31];
        values[20 * 31 + 15] = 1;

        SignedMap blurred = new SignedMap(values, 41, 31, MapTransform.IDENTITY).blurred(2);

        double sum = 0;
        double variance = 0;
        for (int row = 0; row < 41; row++) {
            for (int column = 0; column < 31; column++) {
                sum += blurred.get(row, column);
                variance += blurred.get(row, column) * (row - 20) * (row - 20);
            }
        }
        assertThat(sum).isCloseTo(1, within(1e-5));
        assertThat(variance).isCloseTo(4, within(0.15));
        assertThat(blurred.get(18, 15)).isCloseTo(blurred.get(22, 15), within(1e-6f));
        assertThat(blurred.get(18, 15)).isCloseTo(blurred.get(20, 13), within(1e-6f));
    }

    @Test
    void shouldBlurAnEvenMapToItself() {
        SignedMap blurred = new SignedMap(new float[] {3, 3, 3, 3, 3, 3}, 2, 3, MapTransform.IDENTITY).blurred(5);

        for (int cell = 0; cell < 6; cell++) {
            assertThat(blurred.get(cell)).isCloseTo(3, within(1e-5f));
        }
    }

    @Test
    void shouldRefuseValuesThatDoNotFitItsCells() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SignedMap(new float[5], 2, 3, MapTransform.IDENTITY))
                .withMessage("5 values for 2 x 3 cells");
    }
}
