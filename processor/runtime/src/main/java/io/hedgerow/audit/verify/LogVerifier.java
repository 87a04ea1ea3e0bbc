package io.hedgerow.audit.verify;

import io.hedgerow.AuditEntry;
import io.hedgerow.audit.log.LogSource;
import io.hedgerow.audit.log.Problem;
import io.hedgerow.audit.log.StoredEntry;
import io.hedgerow.audit.note.Checkpoint;
import io.hedgerow.audit.tree.CompactRange;
import io.hedgerow.audit.tree.TreeHasher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Verifier of one log, entry by entry: that each follows the one before, and that all together hash to the roots of the
 * checkpoints. Ends with the first problem and names the entry. Keeps no more than the entries since the last checkpoint that
 * was met. Single-threaded.
 */
public final class LogVerifier implements LogSource.Entries {
    /** Entries to look at beyond a checkpoint to tell which one before it is wrong. */
    private static final int BEYOND = 2;

    private final String origin;
    private final String topic;
    private final Deserializer<AuditEntry> deserializer;
    private final List<Checkpoint> checkpoints;
    private final Consumer<AuditEntry> verified;
    private final TreeHasher hasher = new TreeHasher();
    private final CompactRange range;
    private final List<StoredEntry> window = new ArrayList<>();
    private CompactRange base;
    private @Nullable String baseLeaf;
    private @Nullable String lastLeaf;
    private int next;
    private long sealed;
    private long broken = -1;
    private @Nullable Problem problem;

    /**
     * Begins.
     *
     * @param topic of the entries
     * @param start what comes before the first entry; empty for a whole log
     * @param checkpoints of this log, signatures verified, in any order
     * @param verified told of each entry that follows the one before, in order
     */
    public LogVerifier(
            String origin,
            String topic,
            CompactRange start,
            List<Checkpoint> checkpoints,
            Deserializer<AuditEntry> deserializer,
            Consumer<AuditEntry> verified) {
        this.origin = origin;
        this.topic = topic;
        this.deserializer = deserializer;
        this.verified = verified;
        this.range = start.copy();
        this.base = start.copy();
        this.sealed = start.size();
        this.lastLeaf = start.size() == 0 ? "" : null;
        this.baseLeaf = lastLeaf;
        this.checkpoints = checkpoints.stream()
                .filter(checkpoint -> checkpoint.size() >= start.size())
                .sorted(Comparator.comparingLong(Checkpoint::size))
                .toList();
        meetCheckpoints();
    }

    /** Takes the next entry as it is stored. */
    @Override
    public void add(long offset, byte[] bytes) {
        add(offset, bytes, problem == null ? read(bytes) : null);
    }

    /** Takes the next entry as it is stored, and what it says; null if it is none. */
    @Override
    public void add(long offset, byte[] bytes, @Nullable AuditEntry entry) {
        if (problem != null) {
            return;
        }
        byte[] leaf = hasher.leaf(bytes);
        StoredEntry stored = StoredEntry.of(offset, HexFormat.of().formatHex(leaf), entry);
        window.add(stored);
        if (broken < 0) {
            if (entry != null && follows(stored)) {
                range.append(leaf, hasher);
                lastLeaf = stored.leaf();
                verified.accept(entry);
                meetCheckpoints();
            } else {
                broken = range.size();
            }
        }
        if (broken >= 0) {
            if (window.size() >= wanted()) {
                problem = diagnose();
            }
        } else if (next == checkpoints.size() && window.size() > BEYOND) {
            // Nothing ahead could tell more than the links do.
            baseLeaf = window.remove(0).leaf();
            base.append(HexFormat.of().parseHex(baseLeaf), hasher);
        }
    }

    /** The first problem; null if there is none. To be called when all entries have been taken. */
    public @Nullable Problem finish() {
        if (problem == null && broken >= 0) {
            problem = diagnose();
        }
        if (problem == null && next < checkpoints.size()) {
            Checkpoint cut = checkpoints.get(checkpoints.size() - 1);
            problem = new Problem(
                    Problem.Kind.TAIL_CUT,
                    origin,
                    range.size(),
                    "entries %d to %d are missing: the log ends after %d entries, but a checkpoint covers %d"
                            .formatted(range.size(), cut.size() - 1, range.size(), cut.size()));
        }
        return problem;
    }

    /** Entries so far that follow one another, those before the start included. */
    public long size() {
        return range.size();
    }

    /** Entries that a checkpoint vouches for. */
    public long sealed() {
        return sealed;
    }

    private @Nullable AuditEntry read(byte[] bytes) {
        try {
            return deserializer.deserialize(topic, bytes);
        } catch (SerializationException e) {
            return null;
        }
    }

    private boolean follows(StoredEntry stored) {
        return stored.index() == range.size()
                && (lastLeaf == null || stored.previousLeaf().equals(lastLeaf));
    }

    private void meetCheckpoints() {
        while (next < checkpoints.size() && checkpoints.get(next).size() == range.size()) {
            Checkpoint checkpoint = checkpoints.get(next);
            if (!checkpoint.equals(new Checkpoint(origin, range.size(), range.root(hasher)))) {
                broken = range.size();
                return;
            }
            next++;
            sealed = range.size();
            base = range.copy();
            baseLeaf = lastLeaf;
            window.clear();
        }
    }

    /** How many entries of the window a diagnosis needs. */
    private long wanted() {
        return next < checkpoints.size()
                ? checkpoints.get(next).size() - base.size() + BEYOND
                : broken - base.size() + BEYOND;
    }

    private Problem diagnose() {
        Checkpoint checkpoint = next < checkpoints.size() ? checkpoints.get(next) : null;
        return new Diagnosis(origin, topic, base, baseLeaf, window, hasher).first(broken, checkpoint);
    }
}
