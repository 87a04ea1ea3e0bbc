package io.hedgerow.monitor.profile;

/**
 * Real numbers as integers, so that sums of them are the same in whatever order they are added. Sums of a million shares,
 * or of a million logarithms of bets, fit into 64 bits.
 */
public final class FixedPoint {
    private static final double SHARE = 0x1p30;
    private static final double LOG = 0x1p40;

    private FixedPoint() {}

    /** A share, or whatever is of that size, in units of 2⁻³⁰. */
    public static long share(double value) {
        return (long) Math.rint(value * SHARE);
    }

    /** A sum of shares as a real number. */
    public static double shares(long sum) {
        return sum / SHARE;
    }

    /** A logarithm in units of 2⁻⁴⁰. */
    public static long log(double value) {
        return (long) Math.rint(value * LOG);
    }

    /** A sum of logarithms as a real number. */
    public static double logs(long sum) {
        return sum / LOG;
    }
}
