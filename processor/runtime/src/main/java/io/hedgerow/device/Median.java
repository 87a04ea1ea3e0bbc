package io.hedgerow.device;

import java.util.Arrays;

/** The middle of what was measured several times: it isn't moved by a few moments in which a machine is slow or fast. */
public final class Median {
    private Median() {}

    /**
     * The median; of an even number, the mean of the middle two.
     *
     * @param values at least one
     * @return not a number if any of them isn't
     */
    public static double of(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        if (Double.isNaN(sorted[sorted.length - 1])) {
            return Double.NaN;
        }
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
