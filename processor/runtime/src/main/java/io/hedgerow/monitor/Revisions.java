package io.hedgerow.monitor;

import io.hedgerow.Example;
import io.hedgerow.monitor.detect.AlertTimes;
import io.hedgerow.monitor.detect.OpenAlert;
import io.hedgerow.monitor.detect.Watch;
import io.hedgerow.monitor.detect.WindowSums;
import io.hedgerow.monitor.profile.Examples;
import io.hedgerow.monitor.profile.Observation;
import java.util.List;
import java.util.function.Function;

/** Revisions of a model's alerts, written where a window opens, changes or closes one. Immutable. */
final class Revisions {
    private final AlertTimes times;
    private final AlertWriter writer;
    private final Function<String, String> ids;

    /**
     * What a revision tells beside the alert's numbers.
     *
     * @param meanMap of the window; empty if maps are not what it is about
     * @param examples without thumbnails
     */
    record Told(AlertWriter.Subject subject, List<Float> meanMap, List<Example> examples) {
        /** About some of a window's events. */
        static Told of(AlertWriter.Subject subject, List<Observation> events) {
            Examples examples = new Examples();
            events.forEach(examples::add);
            return new Told(subject, List.of(), examples.list());
        }
    }

    /**
     * Revisions for one model.
     *
     * @param ids makes the name of an alert from what is particular to it
     */
    Revisions(MonitorSettings settings, AlertWriter writer, Function<String, String> ids) {
        this.writer = writer;
        this.ids = ids;
        times = new AlertTimes(
                settings.updateEvery().toMillis(),
                settings.leastOpen().toMillis(),
                settings.staleAfter().toMillis());
    }

    /**
     * Takes a window in.
     *
     * @param threshold logarithm of the evidence at which an alert opens
     * @param name of what is watched, particular to it within the model
     * @param told what is to be said if the window opens, changes or closes an alert
     */
    void step(Watch watch, WindowSums sums, Span span, double threshold, String name, Function<OpenAlert, Told> told) {
        Watch.Step step = watch.step(sums, span.start, span.end, threshold, ids.apply(name + "/" + span.start), times);
        OpenAlert alert = watch.open();
        if (alert != null && step != Watch.Step.NOTHING) {
            Told what = told.apply(alert);
            span.alerts.add(writer.of(alert, what.subject(), moment(step, span), what.meanMap(), what.examples()));
        }
        if (step == Watch.Step.BACK) {
            watch.forget();
        }
    }

    /** Closes a watch's alert if it has seen no events for too long. */
    void stale(Watch watch, Function<OpenAlert, AlertWriter.Subject> subject, Span span) {
        if (watch.stale(span.end, times)) {
            close(watch, subject, span, "stale");
        }
    }

    /** Closes a watch's alert, if it has one, for a reason of another kind. */
    void end(Watch watch, Function<OpenAlert, AlertWriter.Subject> subject, Span span, String because) {
        if (watch.end(span.end) != null) {
            close(watch, subject, span, because);
        }
    }

    private void close(Watch watch, Function<OpenAlert, AlertWriter.Subject> subject, Span span, String because) {
        OpenAlert alert = watch.open();
        if (alert != null) {
            span.alerts.add(writer.of(alert, subject.apply(alert), span.closed(because), List.of(), List.of()));
        }
        watch.forget();
    }

    private static AlertWriter.Moment moment(Watch.Step step, Span span) {
        return switch (step) {
            case OPENED -> span.opened();
            case BACK -> span.closed("back");
            default -> span.updated();
        };
    }
}
