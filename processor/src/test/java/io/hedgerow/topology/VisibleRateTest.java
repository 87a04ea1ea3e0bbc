package io.hedgerow.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class VisibleRateTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void shouldCountFromTheFirstThatBecomeVisibleToTheLast() {
        VisibleRate rate = new VisibleRate();
        rate.saw(0, 3 * SECOND);
        rate.saw(10, 5 * SECOND);
        rate.saw(20, 7 * SECOND);
        rate.saw(0, 8 * SECOND);
        rate.saw(15, 12 * SECOND);
        rate.saw(0, 99 * SECOND);

        assertEquals(45, rate.count());
        assertEquals((20 + 15) / 7.0, rate.perSecond(), 1e-9);
    }
}
