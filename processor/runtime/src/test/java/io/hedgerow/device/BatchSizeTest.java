package io.hedgerow.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BatchSizeTest {
    private Instant now = Instant.ofEpochSecond(1_700_000_000);
    private final BatchSize size = new BatchSize(32, () -> now);

    @Test
    void shouldHalveWhatWasTooMuch() {
        size.halve(32);
        assertThat(size.current()).isEqualTo(16);
        size.halve(9);
        assertThat(size.current()).isEqualTo(4);
        size.halve(12);
        assertThat(size.current()).as("what was smaller before").isEqualTo(4);
    }

    @Test
    void shouldTryTwiceAsMuchAfterAWhileUpToTheMost() {
        size.halve(32);
        size.halve(16);
        now = now.plus(Duration.ofMinutes(4));
        assertThat(size.current()).isEqualTo(8);
        now = now.plus(Duration.ofMinutes(1));
        assertThat(size.current()).isEqualTo(16);
        assertThat(size.current()).isEqualTo(16);
        now = now.plus(Duration.ofMinutes(5));
        assertThat(size.current()).isEqualTo(32);
        now = now.plus(Duration.ofMinutes(5));
        assertThat(size.current()).isEqualTo(32);
    }

    @Test
    void shouldKeepToWhatIsWantedFromNowOn() {
        size.halve(32);
        size.want(24);
        assertThat(size.current()).as("it has just been tried").isEqualTo(24);
        size.halve(24);
        assertThat(size.current()).isEqualTo(12);
        now = now.plus(Duration.ofMinutes(5));
        assertThat(size.current()).isEqualTo(24);
    }
}
