package io.hedgerow.monitor.reference;

/**
 * Between what the means of some features may lie. Immutable; arrays aren't copied and must not be changed.
 *
 * @param mean means in the reference, 0 to 1
 * @param low lower limits, NaN where a feature isn't watched for falling
 * @param high upper limits, NaN where a feature isn't watched for rising
 */
public record Limits(double[] mean, double[] low, double[] high) {
    /** Limits are kept this far from 0 and 1, where any event the other way would be infinite evidence. */
    public static final double LEAST = 1e-3;

    /** How many features there are. */
    public int count() {
        return mean.length;
    }

    /** A limit that can be bet against. */
    static double clipped(double limit) {
        return Math.max(LEAST, Math.min(1 - LEAST, limit));
    }
}
