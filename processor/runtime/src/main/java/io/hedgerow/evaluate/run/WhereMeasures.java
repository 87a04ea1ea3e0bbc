package io.hedgerow.evaluate.run;

import io.hedgerow.attribution.SignedMap;
import io.hedgerow.evaluate.metrics.Evidence;
import io.hedgerow.evaluate.metrics.Metric;
import io.hedgerow.evaluate.metrics.Order;
import io.hedgerow.evaluate.metrics.Pointing;
import io.hedgerow.evaluate.metrics.Relevance;
import io.hedgerow.evaluate.metrics.Separation;
import io.hedgerow.evaluate.metrics.Sparseness;

/** What can be said of a map without the model. */
final class WhereMeasures {
    private static final double ON_THE_CLASS = 0.5;

    private final Options options;

    WhereMeasures(Options options) {
        this.options = options;
    }

    void measure(Trial trial, Relevance map, int[] permutation, Measurements into) {
        if (options.hasAny(Metric.GINI, Metric.ENTROPY, Metric.TIES)) {
            Sparseness sparseness = new Sparseness(map);
            into.put(Metric.GINI, sparseness.gini());
            into.put(Metric.ENTROPY, sparseness.entropy());
            into.put(Metric.TIES, sparseness.ties());
        }
        Trial.Place place = trial.place();
        if (place == null) {
            return;
        }
        Pointing pointing = new Pointing(place.mask());
        SignedMap onPicture = trial.picture().onPicture(map);
        if (options.has(Metric.POINTING)) {
            into.put(Metric.POINTING, pointing.hit(onPicture, Options.TOLERANCE));
        }
        if (options.has(Metric.POINTING_STRICT)) {
            into.put(Metric.POINTING_STRICT, pointing.hit(onPicture, ON_THE_CLASS));
        }
        if (options.has(Metric.POINTING_SMOOTHED)) {
            Relevance smoothed = trial.picture().smoothed(map, Options.SMOOTHING);
            into.put(Metric.POINTING_SMOOTHED, pointing.hit(trial.picture().onPicture(smoothed), Options.TOLERANCE));
        }
        Evidence evidence = Evidence.of(map, place.region());
        into.put(Metric.ENERGY, evidence.energy());
        into.put(Metric.ENERGY_GAIN, evidence.gain());
        into.put(Metric.OUTSIDE_INSIDE, evidence.outsideInside());
        if (options.hasAny(
                Metric.AVERAGE_PRECISION, Metric.MAP_SOFT, Metric.MAP_BINARY, Metric.PIXEL_ACCURACY, Metric.IOU)) {
            Order order = map.order(permutation);
            Separation separation = new Separation(map, place.region(), order);
            into.put(Metric.AVERAGE_PRECISION, separation.averagePrecision());
            into.put(Metric.MAP_SOFT, separation.mapSoft());
            into.put(Metric.MAP_BINARY, separation.mapBinary());
            into.put(Metric.PIXEL_ACCURACY, separation.pixelAccuracy());
            into.put(Metric.IOU, separation.iou());
        }
    }
}
