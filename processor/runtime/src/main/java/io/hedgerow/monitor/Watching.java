package io.hedgerow.monitor;

import io.hedgerow.Agreement;
import io.hedgerow.AlertKind;
import io.hedgerow.AuditStatus;
import io.hedgerow.Example;
import io.hedgerow.VerdictKind;
import io.hedgerow.monitor.detect.AlertTimes;
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
import io.hedgerow.monitor.profile.Outcomes;
import io.hedgerow.monitor.profile.Summary;
import io.hedgerow.monitor.reference.Baseline;
import io.hedgerow.monitor.reference.BaselineRecords;
import io.hedgerow.monitor.reference.Rate;
import io.hedgerow.monitor.reference.Rates;
import io.hedgerow.monitor.reference.Shares;
import io.hedgerow.monitor.shortcut.Group;
import io.hedgerow.monitor.shortcut.Likeness;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Holds a window of one scope against its reference, and says which alerts that opens, changes or closes. */
final class Watching {
    private final AlertTimes times;
    private final Budget budget;
    private final Known known;
    private final AlertWriter writer;
    private final Function<String, String> ids;
    private final MapFeatures measure = new MapFeatures();
    private final double[] features = new double[Features.COUNT];

    /**
     * Watches for one model.
     *
     * @param ids makes the name of an alert from what is particular to it
     */
    Watching(MonitorSettings settings, Budget budget, Known known, AlertWriter writer, Function<String, String> ids) {
        this.budget = budget;
        this.known = known;
        this.writer = writer;
        this.ids = ids;
        times = new AlertTimes(
                settings.updateEvery().toMillis(),
                settings.leastOpen().toMillis(),
                settings.staleAfter().toMillis());
    }

    /** Takes in a window's maps; they are compared with the scope's reference, which is there. */
    Summary maps(Scope scope, Baseline baseline, Watch watch, List<Observation> events, Span span) {
        Summary summary = new Summary();
        WindowSums sums = new WindowSums(watch.bets());
        for (Observation event : events) {
            if (!event.map().blind()) {
                measure.measure(event.map(), event.confidence(), baseline.landmarks(), features);
                sums.add(watch.bets(), features, watch.departure());
            }
            summary.add(event, features);
        }
        double threshold = mapsThreshold(scope);
        Watch.Step step = watch.step(sums, span.start, span.end, threshold, id(scope, "maps", span), times);
        OpenAlert alert = watch.open();
        if (alert != null && step != Watch.Step.NOTHING) {
            span.alerts.add(writer.of(
                    alert,
                    mapsSubject(scope, baseline, alert, gain(baseline, summary)),
                    moment(step, span),
                    meanMap(summary),
                    telling(events, baseline, alert)));
        }
        endIfBack(watch, step);
        return summary;
    }

    /** Takes in which classes were decided. */
    void shares(Baseline baseline, Watch watch, List<Observation> events, Span span) {
        Shares shares = baseline.shares();
        if (shares == null) {
            return;
        }
        long[] counts = new long[shares.limits().count()];
        long all = 0;
        for (Observation event : events) {
            if (!event.map().blind()) {
                counts[shares.place(event.classIndex())]++;
                all++;
            }
        }
        WindowSums sums = new WindowSums(watch.bets());
        for (int place = 0; place < counts.length; place++) {
            sums.add(watch.bets(), place, counts[place], all, watch.departure());
        }
        sums.count(all);
        Watch.Step step =
                watch.step(sums, span.start, span.end, budget.shares(), ids.apply("shares/" + span.start), times);
        OpenAlert alert = watch.open();
        if (alert != null && step != Watch.Step.NOTHING) {
            List<Observation> ofClass = events.stream()
                    .filter(event -> shares.place(event.classIndex()) == alert.feature())
                    .toList();
            span.alerts.add(
                    writer.of(alert, sharesSubject(shares, alert), moment(step, span), List.of(), some(ofClass)));
        }
        endIfBack(watch, step);
    }

    /** Takes in how often what happened. */
    void rates(Baseline baseline, List<Watch> watches, Rates counted, List<Observation> events, Span span) {
        for (Rate rate : Rate.values()) {
            if (rate.place() >= watches.size() || counted.events(rate) == 0) {
                continue;
            }
            Watch watch = watches.get(rate.place());
            WindowSums sums = new WindowSums(watch.bets());
            sums.add(watch.bets(), 0, counted.happened(rate), counted.events(rate), watch.departure());
            sums.count(counted.events(rate));
            Watch.Step step =
                    watch.step(sums, span.start, span.end, rateThreshold(), ids.apply(rate + "/" + span.start), times);
            OpenAlert alert = watch.open();
            if (alert != null && step != Watch.Step.NOTHING) {
                List<Observation> shown = events.stream()
                        .filter(event -> switch (rate) {
                            case BLIND -> event.map().blind();
                            case FAITHFULNESS -> event.sampled() && !event.evidenceWins();
                            default -> false;
                        })
                        .toList();
                span.alerts.add(
                        writer.of(alert, rateSubject(watch, rate, alert), moment(step, span), List.of(), some(shown)));
            }
            endIfBack(watch, step);
        }
    }

    /** Takes in how often maps were in the groups that a person called shortcuts. */
    void groups(Scope scope, List<Observation> events, Span span) {
        Likeness likeness = new Likeness();
        for (Map.Entry<String, Watch> entry : scope.groupWatches.entrySet()) {
            Group group = scope.groups.get(entry.getKey());
            if (group == null || group.verdict() != VerdictKind.SHORTCUT) {
                continue;
            }
            double[] vector = likeness.vector(group.seed());
            List<Observation> inside = events.stream()
                    .filter(event -> !event.map().blind() && likeness.alike(event.map(), vector))
                    .toList();
            long all = events.stream().filter(event -> !event.map().blind()).count();
            Watch watch = entry.getValue();
            WindowSums sums = new WindowSums(watch.bets());
            sums.add(watch.bets(), 0, inside.size(), all, watch.departure());
            sums.count(all);
            Watch.Step step = watch.step(
                    sums,
                    span.start,
                    span.end,
                    budget.group(Math.max(known.groups, 1)),
                    id(scope, "group/" + entry.getKey(), span),
                    times);
            OpenAlert alert = watch.open();
            if (alert != null && step != Watch.Step.NOTHING) {
                span.alerts.add(writer.of(
                        alert, groupSubject(scope, watch, alert), moment(step, span), List.of(), some(inside)));
            }
            endIfBack(watch, step);
        }
    }

    /** Closes whatever is open in a scope that has seen no events for too long. */
    void stale(Scope scope, Span span) {
        each(scope, (watch, subject) -> {
            if (watch.stale(span.end, times)) {
                close(watch, subject, span, "stale");
            }
        });
    }

    /** Closes whatever is open in a scope, for a reason of another kind. */
    void end(Scope scope, Span span, String because) {
        each(scope, (watch, subject) -> {
            if (watch.end(span.end) != null) {
                close(watch, subject, span, because);
            }
        });
    }

    /** Closes the alert of that name, if it is a detector's and open in the scope; says whether it was. */
    boolean end(Scope scope, String alertId, Span span, String because) {
        boolean[] found = {false};
        each(scope, (watch, subject) -> {
            OpenAlert alert = watch.open();
            if (alert != null && alert.id().equals(alertId)) {
                watch.end(span.end);
                close(watch, subject, span, because);
                found[0] = true;
            }
        });
        return found[0];
    }

    /** Threshold of the maps' detector. */
    double mapsThreshold(Scope scope) {
        return scope.whole() ? budget.modelMaps() : budget.classMaps(scope.learned(), known.weights());
    }

    /** How often each rate could have happened in a window, and did. */
    static Rates rates(Summary summary, Outcomes outcomes) {
        long explained = outcomes.count(AuditStatus.EXPLAINED);
        long failed = outcomes.count(AuditStatus.FAILED);
        long lost = failed + outcomes.count(AuditStatus.SHED) + outcomes.count(AuditStatus.EXPIRED);
        long differ = outcomes.count(Agreement.SCORE_DIFFERS) + outcomes.count(Agreement.CLASS_DIFFERS);
        Rates rates = new Rates();
        rates.add(Rate.DISAGREEMENT, differ, differ + outcomes.count(Agreement.AGREES));
        rates.add(Rate.COVERAGE, explained, explained + lost);
        rates.add(Rate.FAILURES, failed, explained + failed);
        rates.add(Rate.BLIND, summary.blind(), summary.events());
        rates.add(Rate.FAITHFULNESS, summary.evidenceWins(), summary.sampled());
        return rates;
    }

    private interface Visit {
        void to(Watch watch, Function<OpenAlert, AlertWriter.Subject> subject);
    }

    private void each(Scope scope, Visit visit) {
        Baseline baseline = scope.baseline();
        Watch maps = scope.maps();
        if (baseline != null && maps != null) {
            visit.to(maps, alert -> mapsSubject(scope, baseline, alert, ""));
            Watch sharesWatch = scope.shares();
            Shares shares = baseline.shares();
            if (sharesWatch != null && shares != null) {
                visit.to(sharesWatch, alert -> sharesSubject(shares, alert));
            }
            for (Rate rate : Rate.values()) {
                if (rate.place() < scope.rates().size()) {
                    Watch watch = scope.rates().get(rate.place());
                    visit.to(watch, alert -> rateSubject(watch, rate, alert));
                }
            }
        }
        scope.groupWatches.values().forEach(watch -> visit.to(watch, alert -> groupSubject(scope, watch, alert)));
    }

    private void close(Watch watch, Function<OpenAlert, AlertWriter.Subject> subject, Span span, String because) {
        OpenAlert alert = watch.open();
        if (alert != null) {
            span.alerts.add(writer.of(alert, subject.apply(alert), span.closed(because), List.of(), List.of()));
        }
        watch.forget();
    }

    private static void endIfBack(Watch watch, Watch.Step step) {
        if (step == Watch.Step.BACK) {
            watch.forget();
        }
    }

    private static AlertWriter.Moment moment(Watch.Step step, Span span) {
        return switch (step) {
            case OPENED -> span.opened();
            case BACK -> span.closed("back");
            default -> span.updated();
        };
    }

    private AlertWriter.Subject mapsSubject(Scope scope, Baseline baseline, OpenAlert alert, String where) {
        double expected = baseline.limits().mean()[alert.feature()];
        return new AlertWriter.Subject(
                AlertKind.DRIFT,
                scope.index,
                known.label(scope.index),
                Features.name(alert.feature()),
                expected,
                mapsThreshold(scope),
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

    private AlertWriter.Subject sharesSubject(Shares shares, OpenAlert alert) {
        int place = alert.feature();
        boolean seen = place < shares.classes().length;
        int classIndex = seen ? shares.classes()[place] : Scope.ALL;
        double expected = shares.limits().mean()[place];
        String whom = seen ? known.name(classIndex) : "a class that the reference has never seen";
        return new AlertWriter.Subject(
                AlertKind.CLASS_SHARE,
                classIndex,
                known.label(classIndex),
                "share",
                expected,
                budget.shares(),
                Sentences.share(alert, whom, expected));
    }

    private AlertWriter.Subject rateSubject(Watch watch, Rate rate, OpenAlert alert) {
        double expected = watch.limits().mean()[0];
        AlertKind kind =
                switch (rate) {
                    case DISAGREEMENT -> AlertKind.DISAGREEMENT;
                    case COVERAGE -> AlertKind.COVERAGE;
                    case FAILURES -> AlertKind.FAILURES;
                    case BLIND -> AlertKind.BLIND;
                    case FAITHFULNESS -> AlertKind.UNFAITHFUL;
                };
        return new AlertWriter.Subject(
                kind,
                Scope.ALL,
                "",
                BaselineRecords.name(rate),
                expected,
                rateThreshold(),
                Sentences.rate(alert, rate, expected));
    }

    private AlertWriter.Subject groupSubject(Scope scope, Watch watch, OpenAlert alert) {
        double expected = watch.limits().mean()[0];
        return new AlertWriter.Subject(
                AlertKind.SHORTCUT,
                scope.index,
                known.label(scope.index),
                "group",
                expected,
                budget.group(Math.max(known.groups, 1)),
                Sentences.group(alert, known.name(scope.index), expected));
    }

    private double rateThreshold() {
        return budget.rate(Rate.values().length);
    }

    private String id(Scope scope, String what, Span span) {
        return ids.apply(scope.index + "/" + what + "/" + span.start);
    }

    /** The events in which the feature that changed is largest, or smallest if it fell. */
    private List<Example> telling(List<Observation> events, Baseline baseline, OpenAlert alert) {
        record Told(double value, Observation event) {}
        List<Told> told = new ArrayList<>();
        for (Observation event : events) {
            if (!event.map().blind()) {
                measure.measure(event.map(), event.confidence(), baseline.landmarks(), features);
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

    private static List<Example> some(List<Observation> events) {
        Examples examples = new Examples();
        events.forEach(examples::add);
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
