package io.hedgerow.topology;

import java.time.Clock;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * The record's time, except where Streams would drop the record for it (negative) or where it would push the stream's
 * time far into the future: those get the present time.
 */
final class SaneTimestamps implements TimestampExtractor {
    private final Clock clock;
    private final long skewMillis;

    SaneTimestamps(Clock clock, Duration skew) {
        this.clock = clock;
        this.skewMillis = skew.toMillis();
    }

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        long now = clock.millis();
        long time = record.timestamp();
        return time < 0 || time > now + skewMillis ? now : time;
    }
}
