package io.hedgerow.evaluate.run;

import io.hedgerow.evaluate.metrics.Metric;
import java.util.EnumSet;
import java.util.Set;

/**
 * What is measured of what.
 *
 * @param metrics what is measured
 * @param explain which classes of a picture
 * @param largestRegion classes that cover more of a picture than this share are left out
 * @param seed of everything random
 * @param isStrict whether data that is no good ends the evaluation
 */
public record Options(Set<Metric> metrics, Explain explain, double largestRegion, long seed, boolean isStrict) {
    private static final Set<Metric> UNORDERED = EnumSet.of(
            Metric.POINTING,
            Metric.POINTING_SMOOTHED,
            Metric.POINTING_STRICT,
            Metric.ENERGY,
            Metric.ENERGY_GAIN,
            Metric.OUTSIDE_INSIDE);

    /** Pictures in a batch of trials. */
    public static final int BATCH = 8;
    /** Pictures in a forward pass. */
    public static final int FORWARD_BATCH = 64;
    /** The pointing game's tolerance in pixels of the picture. */
    public static final double TOLERANCE = 15;
    /** Standard deviation of the Gaussian before it, in terms of the picture's longer side. */
    public static final double SMOOTHING = 0.02;
    /** Classes that cover less of a picture, beside other classes, are the difficult ones. */
    public static final double DIFFICULT_AREA = 0.25;

    public Options {
        metrics = Set.copyOf(metrics);
    }

    /** Whether what is measured asks the model again. */
    boolean asksTheModel() {
        return metrics.stream()
                .map(Metric::group)
                .anyMatch(group ->
                        group == Metric.Group.FAITHFUL || group == Metric.Group.PARTS || group == Metric.Group.SANE);
    }

    /** Whether what is measured needs models that forgot what they learned. */
    public boolean asksForgetfulModels() {
        return metrics.stream().anyMatch(Metric.ofRandomisation()::contains);
    }

    /** Whether pixels have to be put in an order. */
    boolean needsOrder() {
        return metrics.stream().anyMatch(metric -> !UNORDERED.contains(metric));
    }

    /** Whether a metric is wanted. */
    boolean has(Metric metric) {
        return metrics.contains(metric);
    }

    /** Whether any is. */
    boolean hasAny(Metric... some) {
        for (Metric metric : some) {
            if (has(metric)) {
                return true;
            }
        }
        return false;
    }
}
