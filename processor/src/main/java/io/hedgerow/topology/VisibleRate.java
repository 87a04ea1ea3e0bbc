package io.hedgerow.topology;

/**
 * Explanations a second from the first ones that become visible, whose making nobody timed, to the last. All partitions count
 * as one: a consumer may empty one partition's fetch before it turns to the next. Single-threaded.
 */
final class VisibleRate {
    private int first;
    private long firstNanos;
    private int count;
    private long lastNanos;

    /** Counts explanations that became visible at a time, in nanoseconds. */
    void saw(int explanations, long now) {
        if (explanations == 0) {
            return;
        }
        if (count == 0) {
            first = explanations;
            firstNanos = now;
        }
        count += explanations;
        lastNanos = now;
    }

    /** How many explanations there were. */
    int count() {
        return count;
    }

    /** The rate; not a number if all became visible at once. */
    double perSecond() {
        return (count - first) / ((lastNanos - firstNanos) / 1e9);
    }
}
