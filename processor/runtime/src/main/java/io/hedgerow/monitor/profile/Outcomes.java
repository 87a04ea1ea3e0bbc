package io.hedgerow.monitor.profile;

import io.hedgerow.Agreement;
import io.hedgerow.AuditStatus;
import io.hedgerow.OutcomeCounts;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * How many events of a class, or of none that is known, became what, and how long that took. From audit entries, or
 * where there are none from explanations and dead letters. Sums: the order of events doesn't matter. Not thread-safe.
 */
// the order of a published enum's symbols never changes
@SuppressWarnings("EnumOrdinal")
public final class Outcomes {
    private static final int STATUSES = AuditStatus.values().length;
    private static final int AGREEMENTS = Agreement.values().length;
    private static final int LATENCIES = STATUSES + AGREEMENTS;

    private final long[] counts = new long[LATENCIES + Bins.COUNT];

    /** Counts of nothing. */
    public Outcomes() {}

    /**
     * Counts an event.
     *
     * @param latencyMillis time from event to outcome; negative if not known
     */
    public void add(AuditStatus status, Agreement agreement, long latencyMillis) {
        counts[status.ordinal()]++;
        counts[STATUSES + agreement.ordinal()]++;
        if (latencyMillis >= 0) {
            counts[LATENCIES + Bins.millis(latencyMillis)]++;
        }
    }

    /** Counts all that another one has counted. */
    public void add(Outcomes other) {
        for (int at = 0; at < counts.length; at++) {
            counts[at] += other.counts[at];
        }
    }

    /** All counts in a few bytes; {@link #of(byte[])} reads them. */
    public byte[] bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(counts.length * Long.BYTES);
        bytes.asLongBuffer().put(counts);
        return bytes.array();
    }

    /** Counts as {@link #bytes} wrote them. */
    public static Outcomes of(byte[] bytes) {
        Outcomes outcomes = new Outcomes();
        ByteBuffer.wrap(bytes).asLongBuffer().get(outcomes.counts);
        return outcomes;
    }

    /** Counts as a profile has them. */
    public static Outcomes of(OutcomeCounts counted, List<Long> latencies) {
        Outcomes outcomes = new Outcomes();
        long[] counts = outcomes.counts;
        counts[AuditStatus.EXPLAINED.ordinal()] = counted.getExplained();
        counts[AuditStatus.SAMPLED_OUT.ordinal()] = counted.getSampledOut();
        counts[AuditStatus.SHED.ordinal()] = counted.getShed();
        counts[AuditStatus.FAILED.ordinal()] = counted.getFailed();
        counts[AuditStatus.EXPIRED.ordinal()] = counted.getExpired();
        counts[STATUSES + Agreement.AGREES.ordinal()] = counted.getAgrees();
        counts[STATUSES + Agreement.SCORE_DIFFERS.ordinal()] = counted.getScoreDiffers();
        counts[STATUSES + Agreement.CLASS_DIFFERS.ordinal()] = counted.getClassDiffers();
        counts[STATUSES + Agreement.NOT_LOGGED.ordinal()] = counted.getNotLogged();
        for (int bin = 0; bin < latencies.size(); bin++) {
            counts[LATENCIES + bin] = latencies.get(bin);
        }
        return outcomes;
    }

    /** The counts as a profile has them. */
    public OutcomeCounts counts() {
        return new OutcomeCounts(
                count(AuditStatus.EXPLAINED),
                count(AuditStatus.SAMPLED_OUT),
                count(AuditStatus.SHED),
                count(AuditStatus.FAILED),
                count(AuditStatus.EXPIRED),
                count(Agreement.AGREES),
                count(Agreement.SCORE_DIFFERS),
                count(Agreement.CLASS_DIFFERS),
                count(Agreement.NOT_LOGGED));
    }

    /** The histogram of latencies; empty if none is known. */
    public List<Long> latencies() {
        long[] latencies = Arrays.copyOfRange(counts, LATENCIES, counts.length);
        return Arrays.stream(latencies).allMatch(count -> count == 0)
                ? List.of()
                : Arrays.stream(latencies).boxed().toList();
    }

    /** Events that had that status. */
    public long count(AuditStatus status) {
        return counts[status.ordinal()];
    }

    /** Events whose predictions compared so. */
    public long count(Agreement agreement) {
        return counts[STATUSES + agreement.ordinal()];
    }
}
