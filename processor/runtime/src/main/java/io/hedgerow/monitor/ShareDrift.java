package io.hedgerow.monitor;

import io.hedgerow.AlertKind;
import io.hedgerow.monitor.detect.Budget;
import io.hedgerow.monitor.detect.OpenAlert;
import io.hedgerow.monitor.detect.Sentences;
import io.hedgerow.monitor.detect.Watch;
import io.hedgerow.monitor.detect.WindowSums;
import io.hedgerow.monitor.profile.Observation;
import io.hedgerow.monitor.reference.Shares;
import java.util.List;

/** Drift of the classes' shares of decisions away from those of the reference. Immutable. */
final class ShareDrift {
    private final Budget budget;
    private final Known known;
    private final Revisions revisions;

    ShareDrift(Budget budget, Known known, Revisions revisions) {
        this.budget = budget;
        this.known = known;
        this.revisions = revisions;
    }

    /** Takes in which classes were decided. */
    void step(Shares shares, Watch watch, List<Observation> events, Span span) {
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
        revisions.step(
                watch,
                sums,
                span,
                budget.shares(),
                "shares",
                alert -> Revisions.Told.of(
                        subject(shares, alert),
                        events.stream()
                                .filter(event -> shares.place(event.classIndex()) == alert.feature())
                                .toList()));
    }

    /** What an alert is about. */
    AlertWriter.Subject subject(Shares shares, OpenAlert alert) {
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
}
