package io.hedgerow.monitor;

import io.hedgerow.Agreement;
import io.hedgerow.AlertKind;
import io.hedgerow.AuditStatus;
import io.hedgerow.monitor.detect.Budget;
import io.hedgerow.monitor.detect.OpenAlert;
import io.hedgerow.monitor.detect.Sentences;
import io.hedgerow.monitor.detect.Watch;
import io.hedgerow.monitor.detect.WindowSums;
import io.hedgerow.monitor.profile.Observation;
import io.hedgerow.monitor.profile.Outcomes;
import io.hedgerow.monitor.profile.Summary;
import io.hedgerow.monitor.reference.BaselineRecords;
import io.hedgerow.monitor.reference.Rate;
import io.hedgerow.monitor.reference.Rates;
import java.util.List;

/** Drift of how often what happens to events, away from the reference or from what was promised. Immutable. */
final class RateDrift {
    private final Budget budget;
    private final Revisions revisions;

    RateDrift(Budget budget, Revisions revisions) {
        this.budget = budget;
        this.revisions = revisions;
    }

    /** Takes in how often what happened. */
    void step(List<Watch> watches, Rates counted, List<Observation> events, Span span) {
        for (Rate rate : Rate.values()) {
            if (rate.place() >= watches.size() || counted.events(rate) == 0) {
                continue;
            }
            Watch watch = watches.get(rate.place());
            WindowSums sums = new WindowSums(watch.bets());
            sums.add(watch.bets(), 0, counted.happened(rate), counted.events(rate), watch.departure());
            sums.count(counted.events(rate));
            if (rate == Rate.FAITHFULNESS) {
                sums.sampled(counted.sampled());
            }
            revisions.step(
                    watch,
                    sums,
                    span,
                    threshold(),
                    rate.toString(),
                    alert -> Revisions.Told.of(
                            subject(watch, rate, alert),
                            events.stream()
                                    .filter(event -> isExample(rate, event))
                                    .toList()));
        }
    }

    /**
     * How often each rate could have happened in a window, and did.
     *
     * @param audited whether it is known what was left out or expired; without, coverage isn't
     */
    static Rates counted(Summary summary, Outcomes outcomes, boolean audited) {
        long explained = outcomes.count(AuditStatus.EXPLAINED);
        long failed = outcomes.count(AuditStatus.FAILED);
        long lost = failed + outcomes.count(AuditStatus.SHED) + outcomes.count(AuditStatus.EXPIRED);
        long differ = outcomes.count(Agreement.SCORE_DIFFERS) + outcomes.count(Agreement.CLASS_DIFFERS);
        Rates rates = new Rates();
        rates.add(Rate.DISAGREEMENT, differ, differ + outcomes.count(Agreement.AGREES));
        if (audited) {
            rates.add(Rate.COVERAGE, explained, explained + lost);
        }
        rates.add(Rate.FAILURES, failed, explained + failed);
        rates.add(Rate.BLIND, summary.blind(), summary.events());
        rates.add(Rate.FAITHFULNESS, summary.evidenceWins(), summary.sampled());
        return rates;
    }

    /** What an alert is about. */
    AlertWriter.Subject subject(Watch watch, Rate rate, OpenAlert alert) {
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
                threshold(),
                Sentences.rate(alert, rate, expected));
    }

    private static boolean isExample(Rate rate, Observation event) {
        return switch (rate) {
            case BLIND -> event.map().blind();
            case FAITHFULNESS -> event.sampled() && !event.evidenceWins();
            default -> false;
        };
    }

    private double threshold() {
        return budget.rate(Rate.values().length);
    }
}
