package io.hedgerow.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class VisibleRateTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void shouldLeaveOutTheFirstAndTheLastTenth() {
        VisibleRate rate = new VisibleRate(100);
        rate.saw(0, 3 * SECOND);
        rate.saw(9, 5 * SECOND);
        rate.saw(2, 7 * SECOND);
        rate.saw(0, 8 * SECOND);
        rate.saw(50, 12 * SECOND);
        rate.saw(30, 17 * SECOND);
        rate.saw(9, 99 * SECOND);

        assertEquals(100, rate.count());
        assertEquals((50 + 30) / 10.0, rate.perSecond(), 1e-9);
    }

    @Test
    void shouldHaveNoRateOfWhatBecameVisibleAtOnce() {
        VisibleRate rate = new VisibleRate(20);
        rate.saw(1, SECOND);
        rate.saw(18, 2 * SECOND);
        rate.saw(1, 3 * SECOND);

        assertEquals(Double.NaN, rate.perSecond());
    }
}
