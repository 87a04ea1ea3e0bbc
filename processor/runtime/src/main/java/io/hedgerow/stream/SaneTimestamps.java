package io.hedgerow.stream;

import io.hedgerow.event.EventTime;
import java.time.Clock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * The record's time, except where Streams would drop the record for it (negative), where it would push the stream's time far
 * into the future, or where what is written with it would be taken for expired: those get the present time.
 */
final class SaneTimestamps implements TimestampExtractor {
    private final Clock clock;
    private final EventTime times;

    SaneTimestamps(Clock clock, EventTime times) {
        this.clock = clock;
        this.times = times;
    }

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        long time = record.timestamp();
        return time >= 0 && times.isPlausible(time) ? time : clock.millis();
    }
}
