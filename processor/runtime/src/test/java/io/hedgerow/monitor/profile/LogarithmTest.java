package io.hedgerow.monitor.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LogarithmTest {
    @Test
    void shouldAgreeWithTheExactOne() {
        SplittableRandom random = new SplittableRandom(1);

        for (int round = 0; round < 100_000; round++) {
            double x = StrictMath.exp(random.nextDouble(-20, 20));
            double expected = StrictMath.log(x);
            assertThat(Logarithm.of(x)).isCloseTo(expected, within(1e-15 * Math.max(1, Math.abs(expected))));
        }
    }

    @Test
    void shouldBeNothingOfOne() {
        assertThat(Logarithm.of(1)).isZero();
        assertThat(Logarithm.of(Math.nextDown(1.0))).isNegative();
        assertThat(Logarithm.of(Math.nextUp(1.0))).isPositive();
    }
}
