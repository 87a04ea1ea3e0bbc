package io.hedgerow.audit.log;

import io.hedgerow.AuditCheckpoint;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** The topic of checkpoints, each in the partition of its log. Thread-safe if the deserializer is. */
public final class CheckpointTopic {
    private static final long FIRST_LOOK = 64;

    private final TopicReader topics;
    private final String name;
    private final Deserializer<AuditCheckpoint> deserializer;

    public CheckpointTopic(TopicReader topics, String name, Deserializer<AuditCheckpoint> deserializer) {
        this.topics = topics;
        this.name = name;
        this.deserializer = deserializer;
    }

    /**
     * The last checkpoint of a partition, signature unseen; null if there is none. Waits for transactions that are open to
     * end.
     */
    @Nullable
    AuditCheckpoint last(int partition) {
        TopicPartition log = new TopicPartition(name, partition);
        long begin = topics.begin(log);
        long end = topics.end(log);
        AtomicReference<byte[]> last = new AtomicReference<>();
        long to = end;
        for (long look = FIRST_LOOK; last.get() == null && to > begin; look *= 2) {
            long from = Math.max(begin, to - look);
            topics.read(log, from, to, record -> last.set(record.value()));
            to = from;
        }
        return last.get() == null ? null : deserializer.deserialize(name, last.get());
    }
}
