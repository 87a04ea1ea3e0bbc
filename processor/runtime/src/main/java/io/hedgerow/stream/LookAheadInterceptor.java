package io.hedgerow.stream;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Shows every polled batch to the topology before Streams sees it, unchanged. Kafka makes one per stream thread and calls it
 * on that thread; {@link StreamsSettings} sets it up.
 */
public final class LookAheadInterceptor implements ConsumerInterceptor<byte[], byte[]> {
    // RATIONALE: Why do batches come from a consumer interceptor?
    /** Setting that holds the topology's {@link LookAhead}. */
    static final String LOOK_AHEAD = "hedgerow.look-ahead";

    private @Nullable LookAhead lookAhead;

    @Override
    public void configure(Map<String, ?> configs) {
        if (!(configs.get(LOOK_AHEAD) instanceof LookAhead configured)) {
            throw new ConfigException(LOOK_AHEAD, configs.get(LOOK_AHEAD), "it is set by the program, not by hand");
        }
        lookAhead = configured;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
        if (lookAhead != null) {
            lookAhead.offer(records);
        }
        return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void close() {
        if (lookAhead != null) {
            lookAhead.leave();
        }
    }
}
