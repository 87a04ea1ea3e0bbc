package io.hedgerow.audit.verify;

import io.hedgerow.AuditEntry;
import io.hedgerow.audit.LogException;
import io.hedgerow.audit.log.CheckpointSequence;
import io.hedgerow.audit.log.LogSource;
import io.hedgerow.audit.note.Checkpoint;
import io.hedgerow.audit.note.VerifierKey;
import io.hedgerow.audit.proof.ConsistencyProof;
import io.hedgerow.audit.proof.InclusionProof;
import io.hedgerow.audit.tree.CompactRange;
import io.hedgerow.audit.tree.MerkleTree;
import io.hedgerow.audit.tree.TreeHasher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Maker of proofs about one log from its entries and its checkpoints. Single-threaded. */
public final class LogProver {
    private static final int MOST_NAMED = 8;

    private final LogSource source;
    private final Deserializer<AuditEntry> deserializer;
    private final List<CheckpointNote> notes = new ArrayList<>();
    private final CompactRange start;

    private @Nullable MerkleTree searched;

    /**
     * An entry that was looked for.
     *
     * @param index in its log
     * @param stored its bytes as they are stored
     * @param entry what they say
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record FoundEntry(long index, byte[] stored, AuditEntry entry) {}

    private record CheckpointNote(long size, String note) {}

    /** Takes a log and the key that signs its checkpoints. */
    public LogProver(LogSource source, VerifierKey key, Deserializer<AuditEntry> deserializer) {
        this.source = source;
        this.deserializer = deserializer;
        CheckpointSequence line = new CheckpointSequence(source.origin(), key, problem -> {});
        source.checkpoints(line);
        line.stored()
                .forEach(checkpoint -> notes.add(new CheckpointNote(
                        Checkpoint.parseUnverified(checkpoint.getNote()).size(), checkpoint.getNote())));
        start = source.start(line.stored());
    }

    /** All entries that are {@code wanted}, in their order. */
    public List<FoundEntry> find(Predicate<AuditEntry> wanted) {
        TreeHasher hasher = new TreeHasher();
        MerkleTree tree = new MerkleTree(start, hasher);
        List<FoundEntry> found = new ArrayList<>();
        source.entries((offset, stored) -> {
            AuditEntry entry = deserializer.deserialize(source.topic(), stored);
            if (wanted.test(entry)) {
                found.add(new FoundEntry(tree.size(), stored, entry));
            }
            tree.append(hasher.leaf(stored));
        });
        // A tree takes memory for each entry of its log, and of many logs only one has what is looked for.
        searched = found.isEmpty() ? null : tree;
        return found;
    }

    /**
     * Proves that an entry is in the log.
     *
     * @param entry that was found last
     * @throws LogException if no checkpoint covers it yet
     */
    public InclusionProof inclusion(FoundEntry entry) {
        MerkleTree tree = searched;
        if (tree == null) {
            throw new IllegalStateException("nothing was found");
        }
        CheckpointNote last = notes.isEmpty() ? new CheckpointNote(0, "") : notes.get(notes.size() - 1);
        if (last.size() <= entry.index() || last.size() > tree.size()) {
            throw new LogException("no checkpoint covers entry %d of %s yet: the last one has size %d"
                    .formatted(entry.index(), source.origin(), last.size()));
        }
        return new InclusionProof(
                entry.stored(), entry.index(), tree.inclusion(entry.index(), last.size()), last.note());
    }

    /**
     * Proves that the log at its checkpoint of size {@code to} begins with what it was at that of size {@code from}.
     *
     * @throws LogException if there are no such checkpoints
     */
    public ConsistencyProof consistency(long from, long to) {
        if (from > to) {
            throw new LogException("a log of %d entries has not grown from one of %d".formatted(to, from));
        }
        String older = note(from);
        String newer = note(to);
        TreeHasher hasher = new TreeHasher();
        MerkleTree tree = new MerkleTree(start, hasher);
        source.entries((offset, entry) -> tree.append(hasher.leaf(entry)));
        if (tree.size() < to) {
            throw new LogException(
                    "%s has %d entries, fewer than its checkpoint: verify it".formatted(source.origin(), tree.size()));
        }
        return new ConsistencyProof(tree.consistency(from, to), older, newer);
    }

    private String note(long size) {
        return notes.stream()
                .filter(note -> note.size() == size)
                .findFirst()
                .orElseThrow(() -> new LogException(
                        "%s has no checkpoint of size %d; it has %s".formatted(source.origin(), size, nearest(size))))
                .note();
    }

    private String nearest(long size) {
        if (notes.isEmpty()) {
            return "none that this key has signed";
        }
        String sizes = notes.stream()
                .map(CheckpointNote::size)
                .sorted(Comparator.comparingLong(other -> Math.abs(other - size)))
                .limit(MOST_NAMED)
                .sorted()
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
        return notes.size() <= MOST_NAMED ? sizes : "%d, the nearest of which are %s".formatted(notes.size(), sizes);
    }
}
