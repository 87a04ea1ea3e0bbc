package io.hedgerow.event;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** A record as it was read, with its position. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record InputRecord(TopicPartition partition, long offset, byte @Nullable [] value, Headers headers) {
    @Override
    public String toString() {
        return partition + "@" + offset;
    }
}
