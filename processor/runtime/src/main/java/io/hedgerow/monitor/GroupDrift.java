package io.hedgerow.monitor;

import io.hedgerow.AlertKind;
import io.hedgerow.VerdictKind;
import io.hedgerow.monitor.detect.Budget;
import io.hedgerow.monitor.detect.OpenAlert;
import io.hedgerow.monitor.detect.Sentences;
import io.hedgerow.monitor.detect.Watch;
import io.hedgerow.monitor.detect.WindowSums;
import io.hedgerow.monitor.profile.Observation;
import io.hedgerow.monitor.shortcut.Group;
import io.hedgerow.monitor.shortcut.Likeness;
import java.util.List;

/** Drift of how often maps are in the groups that a person called shortcuts. Immutable. */
final class GroupDrift {
    private final Budget budget;
    private final Known known;
    private final Revisions revisions;

    GroupDrift(Budget budget, Known known, Revisions revisions) {
        this.budget = budget;
        this.known = known;
        this.revisions = revisions;
    }

    /** Takes in how often maps were in which group. */
    void step(Scope scope, List<Observation> events, Span span) {
        Likeness likeness = new Likeness();
        scope.groupWatches.forEach((id, watch) -> {
            Group group = scope.groups.get(id);
            if (group != null && group.verdict() == VerdictKind.SHORTCUT) {
                double[] vector = likeness.vector(group.seed());
                List<Observation> inside = events.stream()
                        .filter(event -> !event.map().blind() && likeness.alike(event.map(), vector))
                        .toList();
                long all = events.stream().filter(event -> !event.map().blind()).count();
                WindowSums sums = new WindowSums(watch.bets());
                sums.add(watch.bets(), 0, inside.size(), all, watch.departure());
                sums.count(all);
                revisions.step(
                        watch,
                        sums,
                        span,
                        threshold(),
                        scope.index + "/group/" + id,
                        alert -> Revisions.Told.of(subject(scope, watch, alert), inside));
            }
        });
    }

    /** What an alert is about. */
    AlertWriter.Subject subject(Scope scope, Watch watch, OpenAlert alert) {
        double expected = watch.limits().mean()[0];
        return new AlertWriter.Subject(
                AlertKind.SHORTCUT,
                scope.index,
                known.label(scope.index),
                "group",
                expected,
                threshold(),
                Sentences.group(alert, known.name(scope.index), expected));
    }

    private double threshold() {
        return budget.group(Math.max(known.groups, 1));
    }
}
