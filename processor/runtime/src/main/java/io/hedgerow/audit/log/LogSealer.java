package io.hedgerow.audit.log;

import io.hedgerow.AuditCheckpoint;
import io.hedgerow.AuditEntry;
import io.hedgerow.audit.LogException;
import io.hedgerow.audit.note.Checkpoint;
import io.hedgerow.audit.note.SigningKey;
import io.hedgerow.audit.tree.CompactRange;
import io.hedgerow.audit.tree.CompactRanges;
import io.hedgerow.audit.tree.TreeHasher;
import java.util.HexFormat;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** One log on its way to its next checkpoint. Refuses to go on where entries don't follow one another. Single-threaded. */
public final class LogSealer {
    private final String origin;
    private final SigningKey key;
    private final TreeHasher hasher = new TreeHasher();
    private final CompactRange range;
    private byte @Nullable [] lastLeaf;
    private long sealed;
    private long lastOffset;
    private long oldestUnsealed;

    /**
     * Goes on from a log's last checkpoint.
     *
     * @param checkpoint null if there is none
     * @throws LogException if the checkpoint is another log's, or its parts contradict each other
     */
    public LogSealer(String origin, SigningKey key, @Nullable AuditCheckpoint checkpoint) {
        this.origin = origin;
        this.key = key;
        if (checkpoint == null) {
            range = new CompactRange();
            lastOffset = -1;
            return;
        }
        Checkpoint last = Checkpoint.parseUnverified(checkpoint.getNote());
        range = CompactRanges.of(last.size(), checkpoint.getRange());
        if (!last.equals(new Checkpoint(origin, last.size(), range.root(hasher)))) {
            throw new LogException(
                    "the last checkpoint of %s is not this log's, or its compact range is not that of its root: %s; nothing is signed until it is mended"
                            .formatted(origin, last));
        }
        sealed = last.size();
        lastOffset = checkpoint.getLastOffset();
    }

    /** Offset of the last entry seen; -1 for none. */
    long lastOffset() {
        return lastOffset;
    }

    /** Entries that no checkpoint covers yet. */
    public long unsealed() {
        return range.size() - sealed;
    }

    /** When the first of them was seen, as of {@link System#nanoTime()}. */
    long oldestUnsealed() {
        return oldestUnsealed;
    }

    /**
     * Takes the next entry.
     *
     * @throws LogException if it is not the one that follows
     */
    public void add(ConsumerRecord<byte[], byte[]> record, AuditEntry entry, long now) {
        boolean follows = lastLeaf == null
                || entry.getPreviousLeaf().equals(HexFormat.of().formatHex(lastLeaf));
        if (entry.getIndex() != range.size() || !follows) {
            throw new LogException(
                    "offset %d of %s-%d does not continue %s, which has %d entries: its index is %d; nothing more of it is signed, verify the log"
                            .formatted(
                                    record.offset(),
                                    record.topic(),
                                    record.partition(),
                                    origin,
                                    range.size(),
                                    entry.getIndex()));
        }
        if (unsealed() == 0) {
            oldestUnsealed = now;
        }
        byte[] leaf = hasher.leaf(record.value());
        range.append(leaf, hasher);
        lastLeaf = leaf;
        lastOffset = record.offset();
    }

    /** Seals all entries so far. */
    public AuditCheckpoint seal() {
        Checkpoint checkpoint = new Checkpoint(origin, range.size(), range.root(hasher));
        sealed = range.size();
        return new AuditCheckpoint(checkpoint.sign(key), CompactRanges.hex(range), lastOffset);
    }
}
