package io.hedgerow.evaluate.run;

import io.hedgerow.evaluate.metrics.Curve;
import io.hedgerow.evaluate.metrics.Metric;
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
