package io.hedgerow.audit.log;

import io.hedgerow.AuditCheckpoint;
import io.hedgerow.AuditEntry;
import io.hedgerow.audit.LogException;
import io.hedgerow.audit.note.Checkpoint;
import io.hedgerow.audit.tree.CompactRange;
import io.hedgerow.audit.tree.CompactRanges;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/** A log in its topic, up to where it was when this was made. Single-threaded. */
public final class TopicLogSource implements LogSource {
    private final TopicReader reader;
    private final String origin;
    private final TopicPartition entries;
    private final TopicPartition checkpoints;
    private final Deserializer<AuditEntry> entryReader;
    private final Deserializer<AuditCheckpoint> checkpointReader;
    private final long checkpointsEnd;
    private final long end;
    private long from;

    public TopicLogSource(
            TopicReader reader,
            String origin,
            TopicPartition entries,
            TopicPartition checkpoints,
            Deserializer<AuditEntry> entryReader,
            Deserializer<AuditCheckpoint> checkpointReader) {
        this.reader = reader;
        this.origin = origin;
        this.entries = entries;
        this.checkpoints = checkpoints;
        this.entryReader = entryReader;
        this.checkpointReader = checkpointReader;
        // In this order: no checkpoint is of entries that are not read.
        this.checkpointsEnd = reader.committedEnd(checkpoints);
        // Transactions that are open are waited for: what else they wrote may be committed there, and not yet here.
        this.end = reader.end(entries);
    }

    @Override
    public String origin() {
        return origin;
    }

    @Override
    public String topic() {
        return entries.topic() + "-" + entries.partition();
    }

    /** Offset after the last entry. */
    public long end() {
        return end;
    }

    @Override
    public void checkpoints(CheckpointSequence line) {
        reader.read(checkpoints, reader.begin(checkpoints), checkpointsEnd, record -> {
            String where = "offset %d of %s".formatted(record.offset(), checkpoints);
            AuditCheckpoint checkpoint;
            try {
                checkpoint = checkpointReader.deserialize(checkpoints.topic(), record.value());
            } catch (SerializationException e) {
                line.unreadable(where, String.valueOf(e.getMessage()));
                return;
            }
            if (checkpoint == null) {
                line.unreadable(where, "its value is null");
            } else {
                line.add(where, checkpoint);
            }
        });
    }

    /** The whole log; or, where its beginning has expired, what is after the first checkpoint that is still followed. */
    @Override
    public CompactRange start(List<AuditCheckpoint> good) {
        from = reader.begin(entries);
        if (from == 0 || from >= end || firstIndex() == 0) {
            return new CompactRange();
        }
        long begin = from;
        for (AuditCheckpoint checkpoint : good) {
            if (checkpoint.getLastOffset() + 1 >= begin) {
                from = checkpoint.getLastOffset() + 1;
                return CompactRanges.of(
                        Checkpoint.parseUnverified(checkpoint.getNote()).size(), checkpoint.getRange());
            }
        }
        throw new LogException(
                "%s begins at offset %d, and no checkpoint says what came before".formatted(entries, begin));
    }

    @Override
    public void entries(Entries sink) {
        reader.read(entries, from, end, record -> {
            byte[] value = record.value();
            sink.add(record.offset(), value == null ? new byte[0] : value);
        });
    }

    private long firstIndex() {
        AtomicLong first = new AtomicLong(-1);
        // The first offsets may be of markers.
        for (long to = from + 1; first.get() < 0 && to <= end; to++) {
            reader.read(entries, to - 1, to, record -> {
                try {
                    first.set(entryReader
                            .deserialize(entries.topic(), record.value())
                            .getIndex());
                } catch (SerializationException e) {
                    first.set(Long.MAX_VALUE);
                }
            });
        }
        return first.get();
    }
}
