package io.hedgerow.monitor.profile;

import io.hedgerow.Agreement;
import io.hedgerow.AuditStatus;

/**
 * How many events of a class, or of none that is known, became what, and how long that took. From audit entries, or
 * where there are none from explanations and dead letters. Sums: the order of events doesn't matter. Not thread-safe.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class Outcomes {
    /**
     * Counts an event.
     *
     * @param latencyMillis time from event to outcome; negative if not known
     */
    public void add(AuditStatus status, Agreement agreement, long latencyMillis) {
        throw new UnsupportedOperationException();
    }

    /** Counts all that another one has counted. */
    public void add(Outcomes other) {
        throw new UnsupportedOperationException();
    }

    /** All counts in a few bytes; {@link #of} reads them. */
    public byte[] bytes() {
        throw new UnsupportedOperationException();
    }

    /** Counts as {@link #bytes} wrote them. */
    public static Outcomes of(byte[] bytes) {
        throw new UnsupportedOperationException();
    }
}
