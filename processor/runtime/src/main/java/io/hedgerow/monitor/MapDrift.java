package io.hedgerow.monitor;

import io.hedgerow.AlertKind;
import io.hedgerow.Example;
import io.hedgerow.monitor.detect.Budget;
import io.hedgerow.monitor.detect.OpenAlert;
import io.hedgerow.monitor.detect.Sentences;
import io.hedgerow.monitor.detect.Watch;
import io.hedgerow.monitor.detect.WindowSums;
import io.hedgerow.monitor.profile.EventHash;
import io.hedgerow.monitor.profile.Examples;
import io.hedgerow.monitor.profile.Features;
import io.hedgerow.monitor.profile.FixedPoint;
import io.hedgerow.monitor.profile.Grid;
import io.hedgerow.monitor.profile.MapFeatures;
import io.hedgerow.monitor.profile.Observation;
import io.hedgerow.monitor.profile.Summary;
import io.hedgerow.monitor.reference.Baseline;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Drift of the maps of one class, or of all classes together, away from those of the reference. Not thread-safe. */
final class MapDrift {
    private final Budget budget;
    private final Known known;
    private final Revisions revisions;
    private final MapFeatures measure = new MapFeatures();
    private final double[] features = new double[Features.COUNT];

    MapDrift(Budget budget, Known known, Revisions revisions) {
        this.budget = budget;
        this.known = known;
        this.revisions = revisions;
    }

    /** Takes in a window's maps; they are compared with the scope's reference, which is there. */
    Summary step(Scope scope, Baseline baseline, Watch watch, List<Observation> events, Span span) {
        Summary summary = new Summary();
        WindowSums sums = new WindowSums(watch.bets());
        for (Observation event : events) {
            if (!event.map().blind()) {
                measure.measure(event, baseline.landmarks(), features);
                sums.add(watch.bets(), features, watch.departure());
            }
            summary.add(event, features);
        }
        revisions.step(
                watch,
                sums,
                span,
                threshold(scope),
                scope.index + "/maps",
                alert -> new Revisions.Told(
                        subject(scope, baseline, alert, gain(baseline, summary)),
                        meanMap(summary),
                        telling(events, baseline, alert)));
        return summary;
    }

    /** Logarithm of the evidence at which an alert opens. */
    double threshold(Scope scope) {
        return scope.whole() ? budget.modelMaps() : budget.classMaps(scope.learned(), known.weights());
    }

    /** What an alert is about, where nothing is known of a window. */
    AlertWriter.Subject subject(Scope scope, Baseline baseline, OpenAlert alert) {
        return subject(scope, baseline, alert, "");
    }

    private AlertWriter.Subject subject(Scope scope, Baseline baseline, OpenAlert alert, String where) {
        double expected = baseline.limits().mean()[alert.feature()];
        return new AlertWriter.Subject(
                AlertKind.DRIFT,
                scope.index,
                known.label(scope.index),
                Features.name(alert.feature()),
                expected,
                threshold(scope),
                Sentences.drift(alert, known.name(scope.index), expected, where));
    }

    /** The zone that has gained most. */
    private static String gain(Baseline baseline, Summary summary) {
        double[] before = baseline.limits().mean();
        int most = 0;
        double now = 0;
        for (int zone = 0; zone < Features.ZONES && summary.maps() > 0; zone++) {
            double share = FixedPoint.shares(summary.featureSum(zone)) / summary.maps();
            if (zone == 0 || share - before[zone] > now - before[most]) {
                most = zone;
                now = share;
            }
        }
        return summary.maps() == 0 ? "" : Sentences.gain(most, before[most], now);
    }

    /** The events in which the feature that changed is largest, or smallest if it fell. */
    private List<Example> telling(List<Observation> events, Baseline baseline, OpenAlert alert) {
        record Told(double value, Observation event) {}
        List<Told> told = new ArrayList<>();
        for (Observation event : events) {
            if (!event.map().blind()) {
                measure.measure(event, baseline.landmarks(), features);
                double value = features[alert.feature()];
                told.add(new Told(alert.rose() ? -value : value, event));
            }
        }
        Examples examples = new Examples();
        told.stream()
                .sorted(Comparator.comparingDouble(Told::value)
                        .thenComparingLong(one -> EventHash.of(one.event().eventId())))
                .limit(Examples.COUNT)
                .forEach(one -> examples.add(one.event()));
        return examples.list();
    }

    private static List<Float> meanMap(Summary summary) {
        List<Float> mean = new ArrayList<>(Grid.CELLS);
        for (int cell = 0; cell < Grid.CELLS && summary.maps() > 0; cell++) {
            mean.add((float) (FixedPoint.shares(summary.mapSum(cell)) / summary.maps()));
        }
        return mean;
    }
}
