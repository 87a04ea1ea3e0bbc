package io.hedgerow.monitor.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GridPoolingTest {
    private final GridPooling pooling = new GridPooling();

    @ParameterizedTest
    @CsvSource({"16,16", "1,1", "7,7", "5,31", "17,16", "20,13", "128,128", "224,96", "299,300"})
    void shouldDivideEveryCellByArea(int height, int width) {
        byte[] values = new byte[height * width];
        SplittableRandom random = new SplittableRandom(height * 1_000 + width);
        for (int cell = 0; cell < values.length; cell++) {
            values[cell] = (byte) random.nextInt(-127, 128);
        }

        double[] shares = shares(pooling.pool(ByteBuffer.wrap(values), height, width));

        double[] expected = byArea(values, height, width);
        for (int cell = 0; cell < Grid.CELLS; cell++) {
            // a step of the square root's 255 at a share near the largest one
            assertThat(shares[cell]).as("cell %d", cell).isCloseTo(expected[cell], within(0.01 * max(expected)));
        }
    }

    @Test
    void shouldKeepTheCellsOfAMapOfThatSize() {
        byte[] values = new byte[Grid.CELLS];
        values[3 * 16 + 5] = 100;
        values[12 * 16 + 1] = 25;
        values[0] = -50;

        Grid grid = pooling.pool(ByteBuffer.wrap(values), 16, 16);

        assertThat(grid.root(3 * 16 + 5)).isEqualTo(255);
        assertThat(grid.root(12 * 16 + 1)).isEqualTo(128);
        assertThat(grid.root(0)).isZero();
    }

    @Test
    void shouldReadFromThePositionAndLeaveIt() {
        ByteBuffer values = ByteBuffer.wrap(new byte[] {9, 0, 0, 1, 0}).position(1);

        Grid grid = pooling.pool(values, 2, 2);

        assertThat(values.position()).isEqualTo(1);
        assertThat(shares(grid)[8 * 16]).isCloseTo(1.0 / 64, within(1e-12));
        assertThat(shares(grid)[0]).isZero();
    }

    @Test
    void shouldBeBlindWithoutPositiveRelevance() {
        assertThat(pooling.pool(ByteBuffer.wrap(new byte[] {0, -1, -127, 0}), 2, 2)
                        .blind())
                .isTrue();
    }

    @Test
    void shouldRefuseAMapOfAnotherSize() {
        assertThatThrownBy(() -> pooling.pool(ByteBuffer.wrap(new byte[5]), 2, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 x 2")
                .hasMessageContaining("5 values");
    }

    private static double[] shares(Grid grid) {
        double[] shares = new double[Grid.CELLS];
        grid.addTo(shares);
        return shares;
    }

    private static double max(double[] values) {
        return java.util.Arrays.stream(values).max().orElseThrow();
    }

    private static double[] byArea(byte[] values, int height, int width) {
        double[] cells = new double[Grid.CELLS];
        double sum = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double value = Math.max(values[y * width + x], 0);
                sum += value;
                for (int row = 0; row < 16; row++) {
                    double down = overlap(y * 16.0 / height, (y + 1) * 16.0 / height, row);
                    for (int column = 0; down > 0 && column < 16; column++) {
                        cells[row * 16 + column] += value
                                * down
                                * overlap(x * 16.0 / width, (x + 1) * 16.0 / width, column)
                                * height
                                * width
                                / Grid.CELLS;
                    }
                }
            }
        }
        for (int cell = 0; cell < Grid.CELLS; cell++) {
            cells[cell] /= sum;
        }
        return cells;
    }

    private static double overlap(double from, double to, int cell) {
        return Math.max(0, Math.min(to, cell + 1) - Math.max(from, cell));
    }
}
