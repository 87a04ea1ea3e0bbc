package io.hedgerow.audit.verify;

import io.hedgerow.audit.log.Problem;
import io.hedgerow.audit.log.Problem.Kind;
import io.hedgerow.audit.log.StoredEntry;
import io.hedgerow.audit.note.Checkpoint;
import io.hedgerow.audit.tree.CompactRange;
import io.hedgerow.audit.tree.TreeHasher;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Search for the first entry that is wrong among those between two checkpoints. Each leaf hash is known twice: from the entry
 * itself, and from the entry that follows. Where the two disagree both are tried, until all hash to the signed root; then it
 * is certain what the log was, and the first entry that differs from it is the first bad one. Single-threaded.
 */
final class Diagnosis {
    private static final int MOST_TRIALS = 512;
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    private final String origin;
    private final String topic;
    private final CompactRange base;
    private final @Nullable String baseLeaf;
    private final List<StoredEntry> window;
    private final TreeHasher hasher;

    /**
     * Takes what there is.
     *
     * @param base the log up to the last good checkpoint
     * @param baseLeaf hash of its last entry; empty if there is none, null if it is not known
     * @param window the entries since, in the order in which they are stored
     */
    Diagnosis(
            String origin,
            String topic,
            CompactRange base,
            @Nullable String baseLeaf,
            List<StoredEntry> window,
            TreeHasher hasher) {
        this.origin = origin;
        this.topic = topic;
        this.base = base;
        this.baseLeaf = baseLeaf;
        this.window = window;
        this.hasher = hasher;
    }

    /**
     * The first problem.
     *
     * @param broken index at which the first contradiction was met
     * @param checkpoint the next one; null if there is none
     */
    Problem first(long broken, @Nullable Checkpoint checkpoint) {
        List<String> truth = checkpoint == null ? null : truth(checkpoint);
        return truth == null ? guess(broken, checkpoint) : difference(truth);
    }

    /** The leaf hashes from the base on that hash to the checkpoint's root; null if they can't be told. */
    private @Nullable List<String> truth(Checkpoint checkpoint) {
        int count = Math.toIntExact(checkpoint.size() - base.size());
        List<Set<String>> claims = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            claims.add(new LinkedHashSet<>());
        }
        for (StoredEntry entry : window) {
            long at = entry.index() - base.size();
            if (at >= 0 && at < count) {
                claims.get((int) at).add(entry.leaf());
            }
            if (at >= 1 && at <= count && HASH.matcher(entry.previousLeaf()).matches()) {
                claims.get((int) at - 1).add(entry.previousLeaf());
            }
        }
        long combinations = 1;
        for (Set<String> claim : claims) {
            combinations = Math.min(combinations * claim.size(), MOST_TRIALS + 1);
        }
        for (int trial = 0; combinations <= MOST_TRIALS && trial < combinations; trial++) {
            List<String> leaves = choose(claims, trial);
            if (root(leaves).equals(HexFormat.of().formatHex(checkpoint.root()))) {
                return leaves;
            }
        }
        return null;
    }

    private static List<String> choose(List<Set<String>> claims, int trial) {
        List<String> leaves = new ArrayList<>(claims.size());
        int rest = trial;
        for (Set<String> claim : claims) {
            leaves.add(List.copyOf(claim).get(rest % claim.size()));
            rest /= claim.size();
        }
        return leaves;
    }

    private String root(List<String> leaves) {
        CompactRange tree = base.copy();
        for (String leaf : leaves) {
            tree.append(HexFormat.of().parseHex(leaf), hasher);
        }
        return HexFormat.of().formatHex(tree.root(hasher));
    }

    private Problem difference(List<String> truth) {
        int at = 0;
        while (at < window.size() && window.get(at).leaf().equals(truth.get(at))) {
            at++;
        }
        long index = base.size() + at;
        if (at == window.size()) {
            return problem(
                    Kind.TAIL_CUT,
                    index,
                    "entries %d to %d are missing: the log ends before a checkpoint of it"
                            .formatted(index, base.size() + truth.size() - 1));
        }
        StoredEntry found = window.get(at);
        String expected = truth.get(at);
        int place = truth.indexOf(found.leaf());
        boolean follows =
                window.stream().skip(at + 1).anyMatch(entry -> entry.leaf().equals(expected));
        if (place > at) {
            return follows ? moved(index, base.size() + place, found) : missing(index, found);
        }
        if (place >= 0 || (follows && found.index() >= 0 && found.index() < index)) {
            return problem(
                    Kind.ENTRY_REPEATED,
                    index,
                    "entry %d comes again in the place of %d (%s)".formatted(found.index(), index, at(found)));
        }
        // Whose index was altered still follows the entry before it.
        if (!follows
                && found.index() > index
                && truth.indexOf(found.previousLeaf()) == found.index() - 1 - base.size()) {
            return missing(index, found);
        }
        if (follows && found.index() > index) {
            return moved(index, found.index(), found);
        }
        return follows
                ? problem(
                        Kind.ENTRY_INSERTED,
                        index,
                        "what stands in the place of entry %d was never part of the log (%s)"
                                .formatted(index, at(found)))
                : altered(index, found);
    }

    /** What the links alone say, where no checkpoint can decide. */
    private Problem guess(long broken, @Nullable Checkpoint checkpoint) {
        int at = Math.toIntExact(broken - base.size());
        if (checkpoint != null && broken == checkpoint.size()) {
            return problem(
                    Kind.ENTRY_ALTERED,
                    broken - 1,
                    "entries %d to %d do not hash to the checkpoint at %d, though each follows the one before: the last one was altered, or several of them and their links"
                            .formatted(base.size(), broken - 1, broken));
        }
        StoredEntry found = window.get(at);
        String before = at > 0 ? window.get(at - 1).leaf() : baseLeaf;
        if (found.index() > broken && !found.previousLeaf().equals(before)) {
            return missing(broken, found);
        }
        boolean isVouchedFor =
                at + 1 < window.size() && window.get(at + 1).previousLeaf().equals(found.leaf());
        if (found.index() >= 0 && found.index() < broken) {
            if (at > 0
                    && isVouchedFor
                    && found.previousLeaf().equals(window.get(at - 1).previousLeaf())) {
                return problem(
                        Kind.ENTRY_INSERTED,
                        broken - 1,
                        "what stands in the place of entry %d was never part of the log (%s)"
                                .formatted(broken - 1, at(window.get(at - 1))));
            }
            return problem(
                    Kind.ENTRY_REPEATED,
                    broken,
                    "entry %d comes again in the place of %d (%s)".formatted(found.index(), broken, at(found)));
        }
        return found.index() == broken && at > 0 && isVouchedFor
                ? altered(broken - 1, window.get(at - 1))
                : altered(broken, found);
    }

    private Problem moved(long index, long other, StoredEntry found) {
        return problem(
                Kind.ENTRY_MOVED, index, "entry %d stands in the place of %d (%s)".formatted(other, index, at(found)));
    }

    private Problem missing(long index, StoredEntry found) {
        return problem(
                Kind.ENTRY_MISSING,
                index,
                "entries %d to %d are missing: %d follows (%s)"
                        .formatted(index, found.index() - 1, found.index(), at(found)));
    }

    private Problem altered(long index, StoredEntry found) {
        return problem(Kind.ENTRY_ALTERED, index, "entry %d was altered (%s)".formatted(index, at(found)));
    }

    private String at(StoredEntry entry) {
        return "offset " + entry.offset() + " of " + topic;
    }

    private Problem problem(Kind kind, long index, String message) {
        return new Problem(kind, origin, index, message);
    }
}
