package io.hedgerow.monitor;

import io.hedgerow.monitor.detect.Budget;
import io.hedgerow.monitor.detect.OpenAlert;
import io.hedgerow.monitor.detect.Watch;
import io.hedgerow.monitor.profile.Observation;
import io.hedgerow.monitor.profile.Outcomes;
import io.hedgerow.monitor.profile.Summary;
import io.hedgerow.monitor.reference.Baseline;
import io.hedgerow.monitor.reference.Rate;
import io.hedgerow.monitor.reference.Shares;
import java.util.List;
import java.util.function.Function;

/** All that is watched for change in a scope, told of its windows together and ended together. Not thread-safe. */
final class Drifts {
    private final MapDrift maps;
    private final ShareDrift shares;
    private final RateDrift rates;
    private final GroupDrift groups;
    private final Revisions revisions;
    private final boolean audited;

    Drifts(Budget budget, Known known, Revisions revisions, boolean audited) {
        this.audited = audited;
        this.revisions = revisions;
        maps = new MapDrift(budget, known, revisions);
        shares = new ShareDrift(budget, known, revisions);
        rates = new RateDrift(budget, revisions);
        groups = new GroupDrift(budget, known, revisions);
    }

    /** Holds a window against the scope's reference, which is there. */
    Summary step(Scope scope, Baseline baseline, Watch watch, List<Observation> events, Outcomes outcomes, Span span) {
        Summary summary = maps.step(scope, baseline, watch, events, span);
        Watch shareWatch = scope.shares();
        if (shareWatch != null) {
            Shares classes = baseline.shares();
            if (classes != null) {
                shares.step(classes, shareWatch, events, span);
            }
            rates.step(scope.rates(), RateDrift.counted(summary, outcomes, audited), events, span);
        }
        return summary;
    }

    /** Holds a window against the groups that are known; they outlast a reference. */
    void stepGroups(Scope scope, List<Observation> events, Span span) {
        groups.step(scope, events, span);
    }

    /** Logarithm of the evidence at which an alert about maps opens. */
    double mapsThreshold(Scope scope) {
        return maps.threshold(scope);
    }

    /** Closes whatever is open in a scope that has seen no events for too long. */
    void stale(Scope scope, Span span) {
        each(scope, (watch, subject) -> revisions.stale(watch, subject, span));
    }

    /** Closes whatever is open in a scope, for a reason of another kind. */
    void end(Scope scope, Span span, String because) {
        each(scope, (watch, subject) -> revisions.end(watch, subject, span, because));
    }

    /** Closes the alert of that name, if it is a detector's and open in the scope; says whether it was. */
    boolean end(Scope scope, String alertId, Span span, String because) {
        boolean[] found = {false};
        each(scope, (watch, subject) -> {
            OpenAlert alert = watch.open();
            if (alert != null && alert.id().equals(alertId)) {
                revisions.end(watch, subject, span, because);
                found[0] = true;
            }
        });
        return found[0];
    }

    private interface Visit {
        void to(Watch watch, Function<OpenAlert, AlertWriter.Subject> subject);
    }

    private void each(Scope scope, Visit visit) {
        Baseline baseline = scope.baseline();
        Watch mapWatch = scope.maps();
        if (baseline != null && mapWatch != null) {
            visit.to(mapWatch, alert -> maps.subject(scope, baseline, alert));
            Watch shareWatch = scope.shares();
            Shares classes = baseline.shares();
            if (shareWatch != null && classes != null) {
                visit.to(shareWatch, alert -> shares.subject(classes, alert));
            }
            for (Rate rate : Rate.values()) {
                if (rate.place() < scope.rates().size()) {
                    Watch watch = scope.rates().get(rate.place());
                    visit.to(watch, alert -> rates.subject(watch, rate, alert));
                }
            }
        }
        scope.groupWatches.values().forEach(watch -> visit.to(watch, alert -> groups.subject(scope, watch, alert)));
    }
}
