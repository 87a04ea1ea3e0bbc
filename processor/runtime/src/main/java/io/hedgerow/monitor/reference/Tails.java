package io.hedgerow.monitor.reference;

import org.hipparchus.distribution.continuous.BetaDistribution;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.special.Beta;

/** Upper tails of distributions: computed from the tail, so that small ones keep their digits. */
public final class Tails {
    // RATIONALE: Why Hipparchus?
    private static final double ACCURACY = 1e-12;

    private Tails() {}

    /** What a standard normal variable exceeds with that probability. */
    public static double normal(double tail) {
        return -new NormalDistribution().inverseCumulativeProbability(tail);
    }

    /** What a Beta variable exceeds with that probability. */
    public static double beta(double tail, double a, double b) {
        return 1 - new BetaDistribution(b, a, ACCURACY).inverseCumulativeProbability(tail);
    }

    /** Probability that of so many independent trials at least some number succeed. */
    public static double binomial(int trials, double success, int atLeast) {
        if (atLeast <= 0) {
            return 1;
        }
        return atLeast > trials ? 0 : Beta.regularizedBeta(success, atLeast, trials - atLeast + 1.0);
    }

    /**
     * Upper limit of a probability after some of many trials (Clopper and Pearson): it is higher with the given
     * probability at most. Numbers need not be whole, as of events that count as less than one.
     */
    static double upper(double tail, double some, double all) {
        return some >= all ? 1 : beta(tail, some + 1, all - some);
    }

    /** Lower limit of a probability after some of many trials (Clopper and Pearson). */
    static double lower(double tail, double some, double all) {
        return some <= 0 ? 0 : 1 - upper(tail, all - some, all);
    }
}
