package io.hedgerow.audit.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IsoTimeTest {
    @Test
    void shouldWriteTimesAsJavaDoes() {
        Random random = new Random(3);
        for (int i = 0; i < 100_000; i++) {
            // the years -1199 to 5138, with and without parts of a second
            Instant time = Instant.ofEpochMilli(random.nextLong(-100_000_000_000_000L, 100_000_000_000_000L));
            Instant second = Instant.ofEpochSecond(time.getEpochSecond());

            assertThat(IsoTime.of(time)).isEqualTo(time.toString());
            assertThat(IsoTime.of(second)).isEqualTo(second.toString());
            assertThat(IsoTime.of(time.plusNanos(1)))
                    .isEqualTo(time.plusNanos(1).toString());
        }
    }
}
