package io.hedgerow.monitor.reference;

/**
 * Between what the means of some features may lie. Immutable; arrays aren't copied and must not be changed.
 *
 * @param mean means in the reference, 0 to 1
 * @param low lower limits, NaN where a feature isn't watched for falling
 * @param high upper limits, NaN where a feature isn't watched for rising
 */
@SuppressWarnings("ArrayRecordComponent")
public record Limits(double[] mean, double[] low, double[] high) {
    /** Limits are kept this far from 0 and 1, where any event the other way would be infinite evidence. */
    private static final double LEAST = 1e-3;

    /** How many features there are. */
    public int count() {
        return mean.length;
    }

    /** A lower limit; NaN if no mean can be below. It is never raised, or means within it would count as below. */
    static double low(double limit) {
        return limit <= 0 ? Double.NaN : Math.min(limit, 1 - LEAST);
    }

    /** An upper limit; NaN if no mean can be above. It is never lowered. */
    static double high(double limit) {
        return limit >= 1 ? Double.NaN : Math.max(limit, LEAST);
    }
}
