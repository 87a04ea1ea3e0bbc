package io.hedgerow.audit.log;

import org.apache.kafka.common.TopicPartition;

/** Where the input's partitions begin. */
public interface LogStarts {
    /** Nothing ever expires. */
    LogStarts NONE = partition -> 0;

    /** The first offset that the partition still has. */
    long of(TopicPartition partition);
}
