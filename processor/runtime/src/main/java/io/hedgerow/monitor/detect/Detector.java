package io.hedgerow.monitor.detect;

import io.hedgerow.monitor.profile.FixedPoint;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The evidence that some mean has left its limits at some time: the mean over all components of Shiryaev and Roberts'
 * statistic R ← (R + 1) · Π L. It is an e-detector, so that alarms at a threshold A come A windows apart on average, at
 * least, while all means keep to their limits, whatever the events depend on. Not thread-safe.
 */
public final class Detector {
    private final double[] logs;
    private final int[] components;

    /**
     * Evidence of nothing.
     *
     * @param bets the components, of which those watched take part
     */
    public Detector(Bets bets) {
        logs = new double[bets.components()];
        components = IntStream.range(0, logs.length)
                .filter(component -> bets.watched(Bets.side(component)))
                .toArray();
        reset();
    }

    /**
     * Takes a window in.
     *
     * @param sums of the components' logarithms over its events, in units of 2⁻⁴⁰
     * @param dependence events that count as one
     * @return the logarithm of the evidence
     */
    public double step(long[] sums, double dependence) {
        for (int component : components) {
            logs[component] = plusOne(logs[component]) + FixedPoint.logs(sums[component]) / dependence;
        }
        return logEvidence();
    }

    /** The logarithm of the evidence; negative infinity before the first window, and where nothing is watched. */
    public double logEvidence() {
        double most = components.length == 0 ? Double.NEGATIVE_INFINITY : logs[most()];
        if (most == Double.NEGATIVE_INFINITY) {
            return most;
        }
        double sum = 0;
        for (int component : components) {
            sum += StrictMath.exp(logs[component] - most);
        }
        return most + StrictMath.log(sum / components.length);
    }

    /** The component with the most evidence. */
    int most() {
        int most = components[0];
        for (int component : components) {
            most = logs[component] > logs[most] ? component : most;
        }
        return most;
    }

    /** Forgets all evidence. */
    public void reset() {
        Arrays.fill(logs, Double.NEGATIVE_INFINITY);
    }

    double[] logs() {
        return logs;
    }

    /** ln(exp(x) + 1). */
    private static double plusOne(double x) {
        return x > 0 ? x + StrictMath.log1p(StrictMath.exp(-x)) : StrictMath.log1p(StrictMath.exp(x));
    }
}
