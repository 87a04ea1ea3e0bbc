package io.hedgerow.monitor;

import io.hedgerow.monitor.detect.Watch;
import io.hedgerow.monitor.profile.Features;
import io.hedgerow.monitor.profile.MapFeatures;
import io.hedgerow.monitor.profile.Observation;
import io.hedgerow.monitor.profile.Outcomes;
import io.hedgerow.monitor.profile.Summary;
import io.hedgerow.monitor.reference.Baseline;
import java.util.List;

/** Works through windows of scopes: what has no reference learns from them, what has one is held against it. Not thread-safe. */
final class ScopeWindows {
    private final References references;
    private final Drifts drifts;
    private final Shortcuts shortcuts;
    private final boolean audited;
    private final MapFeatures measure = new MapFeatures();
    private final double[] features = new double[Features.COUNT];

    /**
     * Takes what windows are told to.
     *
     * @param audited whether it is known what was left out or expired
     */
    ScopeWindows(References references, Drifts drifts, Shortcuts shortcuts, boolean audited) {
        this.references = references;
        this.drifts = drifts;
        this.shortcuts = shortcuts;
        this.audited = audited;
    }

    /** Works through a window; what is found goes into the span. */
    Summary work(Scope scope, List<Observation> events, Outcomes outcomes, Span span) {
        Baseline baseline = scope.baseline();
        Watch maps = scope.maps();
        Summary summary;
        boolean news = false;
        if (baseline == null || maps == null) {
            summary = summary(scope, events);
            references.learn(scope, events);
            if (scope.whole()) {
                scope.learner.rates().add(RateDrift.counted(summary, outcomes, audited));
            }
            news = references.ready(scope);
        } else {
            summary = drifts.step(scope, baseline, maps, events, outcomes, span);
            if (scope.whole()) {
                news = references.refine(scope, baseline, RateDrift.counted(summary, outcomes, audited));
            } else if (baseline.preliminary()) {
                news = references.learnOn(scope, events, maps.suspectSince(drifts.mapsThreshold(scope)));
            } else {
                References.sample(scope, events);
            }
        }
        drifts.stepGroups(scope, events, span);
        if ((news && !scope.whole()) || Shortcuts.due(scope)) {
            news |= shortcuts.search(scope, span);
        }
        if (news && scope.baseline() != null) {
            references.publish(scope, span);
        }
        if (!events.isEmpty()) {
            scope.lastEvent = span.end;
        }
        return summary;
    }

    /** Sums up a window and changes nothing. */
    Summary summary(Scope scope, List<Observation> events) {
        Baseline baseline = scope.baseline();
        Summary summary = new Summary();
        for (Observation event : events) {
            if (!event.map().blind()) {
                measure.measure(event, baseline == null ? null : baseline.landmarks(), features);
            }
            summary.add(event, features);
        }
        return summary;
    }
}
