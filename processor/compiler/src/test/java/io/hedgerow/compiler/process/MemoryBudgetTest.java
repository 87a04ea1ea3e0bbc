package io.hedgerow.compiler.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.compiler.api.CompileLimits;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {
    private static final CompileLimits LIMITS = new CompileLimits(1000L << 20, Duration.ofMinutes(1));

    @Test
    void shouldBeTheLimitWhereMemoryIsPlenty() {
        MemoryBudget room = MemoryBudget.of(LIMITS, 4000L << 20, 300L << 20);

        assertThat(room.bytes()).isEqualTo(1000L << 20);
        assertThat(room.remedy()).contains("limits.compile-bytes");
    }

    @Test
    void shouldBeWhatThisProcessLeavesOfAContainer() {
        MemoryBudget room = MemoryBudget.of(LIMITS, 1200L << 20, 300L << 20);

        assertThat(room.bytes()).isEqualTo(900L << 20);
        assertThat(room.remedy()).contains("1200 MB", "container");
    }

    @Test
    void shouldBeTheLimitWhereTheSystemDoesNotTell() {
        assertThat(MemoryBudget.of(LIMITS, 0, 0).bytes()).isEqualTo(1000L << 20);
    }
}
