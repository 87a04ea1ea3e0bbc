package io.hedgerow.audit.log;

import org.apache.kafka.common.TopicPartition;

/** Beginnings of the input's partitions. */
public interface LogStarts {
    /** Nothing ever expires. */
    LogStarts NONE = partition -> 0;

    /** The first offset that the partition still has. */
    long of(TopicPartition partition);
}
