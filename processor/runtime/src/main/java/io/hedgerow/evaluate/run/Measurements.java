package io.hedgerow.evaluate.run;

import io.hedgerow.evaluate.metrics.Curve;
import io.hedgerow.evaluate.metrics.Metric;
import io.hedgerow.evaluate.randomisation.Change;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What one map of one trial comes to. */
final class Measurements {
    private final Map<Metric, Double> values = new EnumMap<>(Metric.class);
    private final Map<String, Curve> curves = new LinkedHashMap<>();
    private final Options options;

    Measurements(Options options) {
        this.options = options;
    }

    /** Keeps a value if it is wanted; NaN stands for none. */
    void put(Metric metric, double value) {
        if (options.has(metric)) {
            values.put(metric, value);
        }
    }

    /** Keeps how a map changes as its model forgets what it learned. */
    void put(Change change) {
        put(Metric.RANDOMISATION_SPEARMAN, change.mean(Change.Likeness.SPEARMAN));
        put(Metric.RANDOMISATION_SPEARMAN_ABS, change.mean(Change.Likeness.SPEARMAN_ABS));
        put(Metric.RANDOMISATION_SSIM, change.mean(Change.Likeness.SSIM));
        put(Metric.RANDOMISATION_SSIM_ABS, change.mean(Change.Likeness.SSIM_ABS));
        put(Metric.EMPRT, change.entropyRise());
        for (Change.Likeness one : Change.Likeness.values()) {
            Curve curve = change.curve(one);
            if (Arrays.stream(curve.scores()).allMatch(Double::isFinite)) {
                put("randomisation-" + one.key(), curve);
            }
        }
    }

    void put(String name, Curve curve) {
        curves.put(name, curve);
    }

    Map<Metric, Double> values() {
        return values;
    }

    Map<String, Curve> curves() {
        return curves;
    }
}
