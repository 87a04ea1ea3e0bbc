package io.hedgerow.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.event.EventLimits;
import io.hedgerow.event.EventTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class SaneTimestampsTest {
    private static final long NOW = 1_700_000_000_000L;
    private static final long YEAR_2000 = 946_684_800_000L;
    private static final long HOUR = 3_600_000;

    private final Clock clock = Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC);
    private final SaneTimestamps timestamps = new SaneTimestamps(clock, new EventTime(clock, EventLimits.DEFAULT));

    @Test
    void shouldKeepTheTimeOfTheRecord() {
        assertThat(extract(YEAR_2000)).isEqualTo(YEAR_2000);
        assertThat(extract(NOW)).isEqualTo(NOW);
        assertThat(extract(NOW + HOUR)).isEqualTo(NOW + HOUR);
    }

    @Test
    void shouldReplaceATimeForWhichStreamsWouldDropTheRecord() {
        assertThat(extract(-1)).isEqualTo(NOW);
        assertThat(extract(Long.MIN_VALUE)).isEqualTo(NOW);
    }

    @Test
    void shouldReplaceATimeThatWouldHaveOutputsExpireAtOnce() {
        assertThat(extract(0)).isEqualTo(NOW);
        assertThat(extract(NOW / 1000)).isEqualTo(NOW);
        assertThat(extract(YEAR_2000 - 1)).isEqualTo(NOW);
    }

    @Test
    void shouldReplaceATimeInTheFarFuture() {
        assertThat(extract(NOW + HOUR + 1)).isEqualTo(NOW);
        assertThat(extract(Long.MAX_VALUE)).isEqualTo(NOW);
    }

    private long extract(long time) {
        var record = new ConsumerRecord<Object, Object>(
                "t", 0, 0, time, TimestampType.CREATE_TIME, 0, 0, null, null, new RecordHeaders(), Optional.empty());
        return timestamps.extract(record, 5);
    }
}
