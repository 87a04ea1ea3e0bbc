package io.hedgerow.audit.log;

import io.hedgerow.AuditCheckpoint;
import io.hedgerow.AuditEntry;
import io.hedgerow.audit.LogException;
import io.hedgerow.audit.note.Checkpoint;
import io.hedgerow.audit.tree.CompactRange;
import io.hedgerow.audit.tree.CompactRanges;
import io.hedgerow.audit.tree.TreeHasher;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Logs in topics. Where a log stands is read from its last checkpoint, if there is one, and the entries after it; otherwise
 * from all entries. Thread-safe if the deserializer is.
 */
public final class StoredLog implements LogHistory {
    private final TopicReader topics;
    private final String entries;
    private final CheckpointTopic checkpoints;
    private final Deserializer<AuditEntry> entryReader;

    public StoredLog(
            TopicReader topics, String entries, Deserializer<AuditEntry> entryReader, CheckpointTopic checkpoints) {
        this.topics = topics;
        this.entries = entries;
        this.checkpoints = checkpoints;
        this.entryReader = entryReader;
    }

    @Override
    public LogState read(int partition) {
        TopicPartition log = new TopicPartition(entries, partition);
        AuditCheckpoint checkpoint = checkpoints.last(partition);
        Replay replay = new Replay(log, checkpoint);
        long begin = topics.begin(log);
        long from = checkpoint == null ? begin : checkpoint.getLastOffset();
        if (from < begin) {
            throw new LogException(
                    "%s begins at offset %d: the entry at %d, with which the last checkpoint ends, is gone; keep the topic longer, or begin a new log under another application.id"
                            .formatted(log, begin, from));
        }
        topics.read(log, from, topics.end(log), replay::add);
        if (checkpoint == null && from > 0 && replay.state.size() == 0) {
            throw new LogException(
                    "%s: the entries before offset %d are gone, and no checkpoint says where the log stands: keep the topic longer, or begin a new log under another application.id"
                            .formatted(log, from));
        }
        return replay.state;
    }

    /** Appends what was appended once. */
    private final class Replay {
        private final TopicPartition log;
        private final @Nullable AuditCheckpoint checkpoint;
        private final TreeHasher hasher = new TreeHasher();
        private LogState state = new LogState();

        Replay(TopicPartition log, @Nullable AuditCheckpoint checkpoint) {
            this.log = log;
            this.checkpoint = checkpoint;
        }

        void add(ConsumerRecord<byte[], byte[]> record) {
            AuditEntry entry = entryReader.deserialize(log.topic(), record.value());
            if (checkpoint != null && state.size() == 0) {
                state = new LogState(sealed(checkpoint, entry), hasher.leaf(record.value()), lastOffset(entry));
                return;
            }
            if (entry.getIndex() != state.size() || !entry.getPreviousLeaf().equals(state.lastLeaf())) {
                throw new LogException(
                        "%s@%d is no continuation of the log: it has index %d after %d entries; verify the log"
                                .formatted(log, record.offset(), entry.getIndex(), state.size()));
            }
            state.append(record.value(), lastOffset(entry), hasher);
        }

        /** The compact range that a checkpoint comes with, if that is of its root and {@code last} its last entry. */
        private CompactRange sealed(AuditCheckpoint stored, AuditEntry last) {
            Checkpoint signed = Checkpoint.parseUnverified(stored.getNote());
            try {
                CompactRange range = CompactRanges.of(signed.size(), stored.getRange());
                if (last.getIndex() == signed.size() - 1 && Arrays.equals(range.root(hasher), signed.root())) {
                    return range;
                }
            } catch (IllegalArgumentException e) {
                // Said below.
            }
            throw new LogException(
                    "the last checkpoint of %s contradicts itself, or the entry at offset %d, which has index %d: %s; verify the log"
                            .formatted(log, stored.getLastOffset(), last.getIndex(), signed));
        }

        private long lastOffset(AuditEntry entry) {
            Long expired = entry.getExpiredTo();
            return expired != null ? expired - 1 : entry.getInputs().get(0).getOffset();
        }
    }
}
