package io.hedgerow.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hedgerow.compiler.runtime.Maps;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

class BoxFilterTest {
    @RepeatedTest(50)
    void shouldTakeTheMeanOfTheCellsThatThereAre(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        BoxFilter smoother = new BoxFilter();
        // whatever was before is gone
        smoother.smooth(Maps.random(random));
        SignedMap map = Maps.random(random);

        float[] means = smoother.smooth(map);

        for (int row = 0; row < map.height(); row++) {
            for (int column = 0; column < map.width(); column++) {
                float expected = mean(map, row, column);
                assertThat(means[row * map.width() + column]).isCloseTo(expected, within(1e-5f * magnitude(map)));
            }
        }
    }

    private static float mean(SignedMap map, int row, int column) {
        double sum = 0;
        int cells = 0;
        for (int y = row - 1; y <= row + 1; y++) {
            for (int x = column - 1; x <= column + 1; x++) {
                if (y >= 0 && y < map.height() && x >= 0 && x < map.width()) {
                    sum += map.get(y, x);
                    cells++;
                }
            }
        }
        return (float) (sum / cells);
    }

    private static float magnitude(SignedMap map) {
        float peak = Float.MIN_NORMAL;
        for (int cell = 0; cell < map.size(); cell++) {
            peak = Math.max(peak, Math.abs(map.get(cell)));
        }
        return peak;
    }
}
