package io.hedgerow.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.AuditEntry;
import io.hedgerow.AuditStatus;
import io.hedgerow.RecordInput;
import io.hedgerow.audit.log.LogHistory;
import io.hedgerow.audit.log.LogState;
import io.hedgerow.audit.tree.TreeHasher;
import io.hedgerow.event.Reason;
import io.hedgerow.record.Outcome;
import io.hedgerow.record.Output;
import io.hedgerow.serde.RegistrySerde;
import java.io.File;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditProcessorTest {
    private static final String TOPIC = "explanations-audit";

    private final RegistrySerde<AuditEntry> serde =
            RegistrySerde.of(AuditEntry.class, Map.of("schema.registry.url", "mock://audit-processor"));
    private MockProcessorContext<byte[], Output> context;
    private KeyValueStore<String, byte[]> store;
    private long start;

    @TempDir
    private File folder;

    @BeforeEach
    void addStore() {
        Properties properties = new Properties();
        properties.putAll(Map.of("application.id", "test", "bootstrap.servers", "none:1"));
        context = new MockProcessorContext<>(properties, new TaskId(0, 3), folder);
        store = AuditProcessor.store()
                .withCachingDisabled()
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
    }

    @Test
    void shouldEnterRecordsThatExpiredUnread() {
        AuditProcessor processor = processor(LogHistory.NONE);
        process(processor, 0);
        start = 40;
        process(processor, 50);
        process(processor, 51);

        List<AuditEntry> entries = entries();
        assertThat(entries).hasSize(4);
        AuditEntry expired = entries.get(1);
        assertThat(expired.getStatus()).isEqualTo(AuditStatus.EXPIRED);
        assertThat(expired.getReason()).isEqualTo("log_start_moved");
        assertThat(expired.getInputs()).containsExactly(new RecordInput("prediction-events", 3, 1L));
        assertThat(expired.getExpiredTo()).isEqualTo(40);
        assertThat(expired.getPreviousOffset()).isZero();
        assertThat(entries).extracting(AuditEntry::getPreviousOffset).containsExactly(null, 0L, 39L, 50L);
    }

    @Test
    void shouldNotCallExpiredWhatWasReadThoughTheInputBeginsAfterIt() {
        AuditProcessor processor = processor(LogHistory.NONE);
        process(processor, 0);
        start = 60;
        process(processor, 3);
        process(processor, 4);

        // Offsets 1 and 2 are gone, nobody can tell any more what was there; 3 was read.
        assertThat(entries()).extracting(AuditEntry::getExpiredTo).containsExactly(null, 3L, null, null);
    }

    @Test
    void shouldTellGapsOfMarkersFromExpiredRecords() {
        AuditProcessor processor = processor(LogHistory.NONE);
        process(processor, 0);
        process(processor, 2);

        assertThat(entries()).extracting(AuditEntry::getStatus).containsOnly(AuditStatus.FAILED);
        assertThat(entries()).extracting(AuditEntry::getPreviousOffset).containsExactly(null, 0L);
    }

    @Test
    void shouldShowThatAPartitionWasReadAgain() {
        AuditProcessor processor = processor(LogHistory.NONE);
        process(processor, 7);
        process(processor, 7);

        assertThat(entries()).extracting(AuditEntry::getPreviousOffset).containsExactly(null, 7L);
    }

    @Test
    void shouldGoOnFromTheStore() {
        process(processor(LogHistory.NONE), 0);
        process(
                processor(partition -> {
                    throw new AssertionError("the store knows where the log stands");
                }),
                1);

        assertThat(entries()).extracting(AuditEntry::getIndex).containsExactly(0L, 1L);
    }

    @Test
    void shouldGoOnWhereTheEntriesSayTheLogStandsIfItsStateIsLost() {
        TreeHasher hasher = new TreeHasher();
        LogState kept = new LogState();
        kept.append(new byte[] {1}, 41, hasher);
        process(processor(partition -> partition == 3 ? kept : new LogState()), 42);

        AuditEntry entry = entries().get(0);
        assertThat(entry.getIndex()).isEqualTo(1);
        assertThat(entry.getPreviousLeaf()).isEqualTo(HexFormat.of().formatHex(hasher.leaf(new byte[] {1})));
        assertThat(entry.getPreviousOffset()).isEqualTo(41);
    }

    private AuditProcessor processor(LogHistory history) {
        AuditTrail trail = new AuditTrail(serde.serializer(), history, partition -> start);
        AuditProcessor processor = new AuditProcessor(trail, TOPIC, Clock.systemUTC(), "test");
        context.setRecordMetadata("prediction-events", 3, 0);
        processor.init(context);
        return processor;
    }

    private void process(AuditProcessor processor, long offset) {
        context.setRecordMetadata("prediction-events", 3, offset);
        processor.process(new Record<>(new byte[0], Outcome.failed(Reason.NULL_VALUE, null), 0));
    }

    private List<AuditEntry> entries() {
        return context.forwarded().stream()
                .map(forward -> forward.record().value().value())
                .map(value -> serde.deserializer().deserialize(TOPIC, value))
                .toList();
    }
}
