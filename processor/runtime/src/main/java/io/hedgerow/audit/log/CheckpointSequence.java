package io.hedgerow.audit.log;

import io.hedgerow.AuditCheckpoint;
import io.hedgerow.audit.LogException;
import io.hedgerow.audit.log.Problem.Kind;
import io.hedgerow.audit.note.Checkpoint;
import io.hedgerow.audit.note.VerifierKey;
import io.hedgerow.audit.tree.CompactRange;
import io.hedgerow.audit.tree.CompactRanges;
import io.hedgerow.audit.tree.TreeHasher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoints of one log in the order in which they are stored, with those that the verifier holds itself: all signed,
 * all of this log, each larger than the one before. Single-threaded.
 */
public final class CheckpointSequence {
    private final String origin;
    private final @Nullable VerifierKey key;
    private final Consumer<Problem> problems;
    private final TreeHasher hasher = new TreeHasher();
    private final TreeMap<Long, Checkpoint> good = new TreeMap<>();
    private final TreeMap<Long, AuditCheckpoint> stored = new TreeMap<>();
    private final Map<String, Checkpoint> held = new HashMap<>();
    private final List<Problem> forged = new ArrayList<>();
    private long largest = -1;

    /**
     * Begins.
     *
     * @param key signs checkpoints; null to take none
     */
    public CheckpointSequence(String origin, @Nullable VerifierKey key, Consumer<Problem> problems) {
        this.origin = origin;
        this.key = key;
        this.problems = problems;
    }

    /** Takes a checkpoint that the verifier has kept; one of another log is left out. */
    public void hold(String note) {
        if (key == null) {
            return;
        }
        Checkpoint checkpoint = opened(note, key);
        held.put(note, checkpoint);
        if (checkpoint.origin().equals(origin)) {
            keep(checkpoint, "one that is held");
        }
    }

    /**
     * Takes the next checkpoint as it is stored.
     *
     * @param where it is, for messages
     */
    public void add(String where, AuditCheckpoint record) {
        if (key == null) {
            return;
        }
        Checkpoint checkpoint;
        try {
            checkpoint = opened(record.getNote(), key);
        } catch (LogException e) {
            forged.add(new Problem(
                    Kind.CHECKPOINT_FORGED,
                    origin,
                    -1,
                    "the checkpoint at %s is no good: %s".formatted(where, e.getMessage())));
            return;
        }
        long size = checkpoint.size();
        if (!checkpoint.origin().equals(origin)) {
            report(
                    Kind.CHECKPOINT_FOREIGN,
                    size,
                    "the checkpoint at %s is that of %s".formatted(where, checkpoint.origin()));
            return;
        }
        if (size <= largest && checkpoint.equals(good.getOrDefault(size, checkpoint))) {
            report(
                    Kind.CHECKPOINT_REPLAYED,
                    size,
                    "the checkpoint of size %d at %s comes after one of size %d".formatted(size, where, largest));
            return;
        }
        if (!keep(checkpoint, where)) {
            return;
        }
        largest = Math.max(largest, size);
        if (!fits(checkpoint, record)) {
            report(
                    Kind.CHECKPOINT_ALTERED,
                    size,
                    "the compact range beside the checkpoint of size %d at %s is not that of its root"
                            .formatted(size, where));
            return;
        }
        stored.put(size, record);
    }

    /** All have been taken. Where not one is good, the key is likelier to be another's than each checkpoint to be forged. */
    public void end() {
        if (forged.size() > 1 && good.isEmpty()) {
            report(
                    Kind.CHECKPOINT_FORGED,
                    -1,
                    "not one of the %d checkpoints is signed by %s: is that the right key?"
                            .formatted(forged.size(), key));
        } else {
            forged.forEach(problems);
        }
    }

    /** A checkpoint that can't be read. */
    public void unreadable(String where, String why) {
        report(Kind.CHECKPOINT_FORGED, -1, "the record at %s is no checkpoint: %s".formatted(where, why));
    }

    /** All that are good, by size. */
    public List<Checkpoint> checkpoints() {
        return new ArrayList<>(good.values());
    }

    /** Those that are good, as they are stored, by size. */
    public List<AuditCheckpoint> stored() {
        return new ArrayList<>(stored.values());
    }

    /** A signature takes longer than anything else, and what is held is often stored too. */
    private Checkpoint opened(String note, VerifierKey key) {
        Checkpoint known = held.get(note);
        if (known != null) {
            return known;
        }
        return Checkpoint.open(note, key);
    }

    private boolean keep(Checkpoint checkpoint, String where) {
        Checkpoint other = good.putIfAbsent(checkpoint.size(), checkpoint);
        if (other != null && !other.equals(checkpoint)) {
            report(
                    Kind.CHECKPOINT_FORKED,
                    checkpoint.size(),
                    "two roots of size %d are signed; the second is at %s".formatted(checkpoint.size(), where));
            return false;
        }
        return true;
    }

    private boolean fits(Checkpoint checkpoint, AuditCheckpoint record) {
        try {
            CompactRange range = CompactRanges.of(checkpoint.size(), record.getRange());
            return checkpoint.equals(new Checkpoint(origin, checkpoint.size(), range.root(hasher)));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void report(Kind kind, long size, String message) {
        problems.accept(new Problem(kind, origin, size, message));
    }
}
