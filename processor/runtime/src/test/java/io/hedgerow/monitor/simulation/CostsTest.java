package io.hedgerow.monitor.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CostsTest {
    @Test
    void shouldAllocateNothingForAnEvent() {
        // what a compiler thread or a counter may add is far less than an object an event
        assertThat(new Costs().bytesEach(20_000)).isLessThan(1);
    }
}
