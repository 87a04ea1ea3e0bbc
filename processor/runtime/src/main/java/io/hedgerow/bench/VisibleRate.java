package io.hedgerow.bench;

/**
 * Explanations a second as they become visible, without the first and the last tenth of them: before the first one is visible
 * others have been made, and behind the last one nothing follows. All partitions count as one, since a consumer may empty one
 * partition's fetch before it turns to the next. Single-threaded.
 */
final class VisibleRate {
    private final int total;
    private int count;
    private int first;
    private long firstNanos;
    private int last;
    private long lastNanos;

    /** Takes how many explanations there will be. */
    VisibleRate(int total) {
        this.total = total;
    }

    /** Counts explanations that became visible at a time, in nanoseconds. */
    void saw(int explanations, long now) {
        count += explanations;
        if (first == 0 && count >= total / 10.0) {
            first = count;
            firstNanos = now;
        }
        if (last == 0 && count >= total * 9 / 10.0) {
            last = count;
            lastNanos = now;
        }
    }

    /** How many explanations there were. */
    int count() {
        return count;
    }

    /** The rate; not a number if all that count became visible at once, or not yet. */
    double perSecond() {
        return last > first ? (last - first) / ((lastNanos - firstNanos) / 1e9) : Double.NaN;
    }
}
