package io.hedgerow.audit.verify;

import io.hedgerow.AuditEntry;
import io.hedgerow.AuditStatus;
import io.hedgerow.Explanation;
import io.hedgerow.Prediction;
import io.hedgerow.audit.log.Problem;
import io.hedgerow.audit.log.Problem.Kind;
import io.hedgerow.digest.Sha256;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Account of one log: what its entries say, held against what is there: input records, explanation records, predictions. Fed
 * with the entries first. Single-threaded.
 */
public final class Account implements Consumer<AuditEntry> {
    private record Expected(long index, long offset) {}

    private final String origin;
    private final Replays replays;
    private final boolean isCompared;
    private final Consumer<Problem> problems;
    private final Map<AuditStatus, Long> statuses = new EnumMap<>(AuditStatus.class);
    private final Map<String, Expected> explanations = new HashMap<>();
    private final BitSet accounted = new BitSet();
    private final BitSet found = new BitSet();
    private long first = -1;
    private long last = -1;
    private long previous = -1;
    private long pending;
    private long expired;
    private long compacted;
    /** Outputs keep the order of their input: only before the first known one can be what is older than the log. */
    private boolean known;

    /**
     * Opens an account.
     *
     * @param tolerance how far a replayed score may be from the logged one; of scores over 1, as a fraction of the logged one
     * @param isCompared whether input and explanations are to be taken; if not, nothing is kept of the entries
     */
    public Account(String origin, float tolerance, boolean isCompared, Consumer<Problem> problems) {
        this.origin = origin;
        this.replays = new Replays(tolerance);
        this.isCompared = isCompared;
        this.problems = problems;
    }

    @Override
    public void accept(AuditEntry entry) {
        statuses.merge(entry.getStatus(), 1L, Long::sum);
        long offset = entry.getInputs().get(0).getOffset();
        Long expiredTo = entry.getExpiredTo();
        long end = expiredTo == null ? offset : expiredTo - 1;
        Long stated = entry.getPreviousOffset();
        if (previous >= 0 && (stated == null || stated != previous)) {
            report(
                    Kind.ENTRY_INCONSISTENT,
                    entry.getIndex(),
                    "entry %d says that offset %s came before its own, the entry before is about %d"
                            .formatted(entry.getIndex(), stated, previous));
        }
        if (first < 0) {
            first = stated == null ? offset : stated + 1;
        }
        previous = end;
        last = Math.max(last, end);
        if (expiredTo != null) {
            expired += expiredTo - offset;
        } else if (isCompared && offset >= first) {
            accounted.set(Math.toIntExact(offset - first));
        }
        if (isCompared && entry.getExplanation() != null) {
            explanations.put(entry.getExplanation().getSha256(), new Expected(entry.getIndex(), offset));
        }
        replay(entry);
    }

    /** Takes the offset of an input record that a read-committed consumer gets. */
    public void input(long offset) {
        if (offset > last) {
            pending++;
        } else if (offset >= first) {
            int at = Math.toIntExact(offset - first);
            found.set(at);
            if (!accounted.get(at)) {
                report(Kind.INPUT_UNACCOUNTED, -1, "the input record at offset %d has no entry".formatted(offset));
            }
        }
    }

    /**
     * All input records have been taken.
     *
     * @param begin the first offset that the input still has
     * @param isCompacted whether records may have gone from among those that are there
     */
    public void inputEnds(long begin, boolean isCompacted) {
        BitSet unknown = (BitSet) accounted.clone();
        unknown.andNot(found);
        for (int at = unknown.nextSetBit(0); at >= 0; at = unknown.nextSetBit(at + 1)) {
            if (first + at < begin) {
                continue;
            }
            if (isCompacted) {
                compacted++;
            } else {
                report(
                        Kind.INPUT_UNKNOWN,
                        -1,
                        "there is no input record at offset %d, but an entry about it".formatted(first + at));
            }
        }
    }

    /** Takes an explanation record, in their order; values that are null were erased. */
    public void explanation(long offset, byte @Nullable [] value, Deserializer<Explanation> deserializer) {
        if (value == null) {
            return;
        }
        if (explanations.remove(Sha256.hex(value)) != null) {
            known = true;
            return;
        }
        long input;
        try {
            input = deserializer
                    .deserialize("explanations", value)
                    .getInputs()
                    .get(0)
                    .getOffset();
        } catch (SerializationException | IndexOutOfBoundsException e) {
            report(
                    Kind.EXPLANATION_UNKNOWN,
                    -1,
                    "the record at offset %d of the explanations is none".formatted(offset));
            return;
        }
        if (input < first && !known) {
            return;
        }
        var rewritten = explanations.entrySet().stream()
                .filter(expected -> expected.getValue().offset() == input)
                .findFirst();
        if (rewritten.isEmpty()) {
            report(
                    Kind.EXPLANATION_UNKNOWN,
                    -1,
                    "the explanation at offset %d, of input %d, has no entry".formatted(offset, input));
            return;
        }
        explanations.remove(rewritten.get().getKey());
        long index = rewritten.get().getValue().index();
        report(
                Kind.EXPLANATION_REWRITTEN,
                index,
                "the explanation of entry %d, at offset %d, is not the one that was written".formatted(index, offset));
    }

    /** How many entries have each status. */
    public Map<AuditStatus, Long> statuses() {
        return statuses;
    }

    /** Explanation records that were written and are gone, once all that are there have been taken. */
    public long erased() {
        return explanations.size();
    }

    /** Input records that have entries, and are gone from a topic that is compacted. */
    public long compacted() {
        return compacted;
    }

    /** Input records that come after the last entry. */
    public long pending() {
        return pending;
    }

    /** Offsets that expired unread. */
    public long expired() {
        return expired;
    }

    /** How the replayed predictions compare with the logged ones. */
    public Replays.Found replays() {
        return replays.found();
    }

    private void replay(AuditEntry entry) {
        Float difference = entry.getScoreDifference();
        Prediction logged = entry.getLogged();
        Prediction replayed = entry.getReplayed();
        if (logged == null || replayed == null || difference == null) {
            return;
        }
        boolean isSame = logged.getClassIndex() == replayed.getClassIndex();
        if (isSame && Float.compare(difference, replayed.getScore() - logged.getScore()) != 0) {
            report(
                    Kind.ENTRY_INCONSISTENT,
                    entry.getIndex(),
                    "entry %d states a difference of %s between scores of %s and %s"
                            .formatted(entry.getIndex(), difference, replayed.getScore(), logged.getScore()));
        }
        replays.take(entry, logged, difference);
    }

    private void report(Kind kind, long index, String message) {
        problems.accept(new Problem(kind, origin, index, message));
    }
}
