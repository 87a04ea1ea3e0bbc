package io.hedgerow.stream;

import io.hedgerow.AuditEntry;
import io.hedgerow.audit.log.LogState;
import io.hedgerow.audit.tree.TreeHasher;
import io.hedgerow.record.AuditEntryBuilder;
import io.hedgerow.record.Outcome;
import io.hedgerow.record.Output;
import io.hedgerow.topics.Topics;
import java.time.Clock;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Appends an entry to the log of the input's partition for every outcome. The log's state is kept in a store, so that chain
 * and entries move in one transaction. Entries have neither key nor headers: nothing but what their hash covers.
 */
final class AuditProcessor extends ContextualProcessor<byte[], Outcome, byte[], Output> {
    private static final String STATE = "state";

    private final AuditTrail trail;
    private final String topic;
    private final AuditEntryBuilder builder;
    private final TreeHasher hasher = new TreeHasher();

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init first
    private KeyValueStore<String, byte[]> store;

    private LogState log = new LogState();

    AuditProcessor(AuditTrail trail, String topic, Clock clock, String softwareVersion) {
        this.trail = trail;
        this.topic = topic;
        this.builder = new AuditEntryBuilder(clock, softwareVersion);
    }

    /** The store of a task's log. Cached: what goes to the changelog is its state at each commit. */
    static StoreBuilder<KeyValueStore<String, byte[]>> store() {
        return Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(Topics.AUDIT_STORE), Serdes.String(), Serdes.ByteArray())
                .withCachingEnabled()
                .withLoggingEnabled(Map.of());
    }

    @Override
    public void init(ProcessorContext<byte[], Output> context) {
        super.init(context);
        store = context.getStateStore(Topics.AUDIT_STORE);
        byte[] stored = store.get(STATE);
        log = stored == null ? trail.history().read(context.taskId().partition()) : LogState.parse(stored);
    }

    @Override
    public void process(Record<byte[], Outcome> record) {
        RecordMetadata position = context()
                .recordMetadata()
                .orElseThrow(() -> new IllegalStateException("a record from a topic has a position"));
        TopicPartition partition = new TopicPartition(position.topic(), position.partition());
        Long last = log.lastOffset();
        if (last != null && position.offset() > last + 1) {
            // Most gaps are markers of transactions.
            long start = Math.min(trail.starts().of(partition), position.offset());
            if (start > last + 1) {
                append(builder.expired(log, partition, last + 1, start), partition, start - 1, record.timestamp());
            }
        }
        append(
                builder.of(log, partition, position.offset(), record.value()),
                partition,
                position.offset(),
                record.timestamp());
    }

    private void append(AuditEntry entry, TopicPartition partition, long offset, long timestamp) {
        byte[] value = trail.serializer().serialize(topic, entry);
        log.append(value, offset, hasher);
        store.put(STATE, log.toBytes());
        context().forward(new Record<>(null, new Output(value, partition.partition()), timestamp, new RecordHeaders()));
    }
}
