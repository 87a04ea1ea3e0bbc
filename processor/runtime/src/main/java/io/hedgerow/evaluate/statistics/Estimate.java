package io.hedgerow.evaluate.statistics;

/**
 * A number with its 95 % interval.
 *
 * @param value over all trials; NaN if there are none
 * @param low the 2.5th percentile of what resampled pictures give
 * @param high the 97.5th
 */
public record Estimate(double value, double low, double high) {
    /** Nothing can be said. */
    public static final Estimate NONE = new Estimate(Double.NaN, Double.NaN, Double.NaN);
}
