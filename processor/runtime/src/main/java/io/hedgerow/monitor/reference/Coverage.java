package io.hedgerow.monitor.reference;

import io.hedgerow.ReferenceOrigin;
import java.time.Duration;
import java.util.Locale;

/** Says what a reference knows, and what it doesn't. */
final class Coverage {
    private static final Duration SEASONS = Duration.ofDays(2);

    private Coverage() {}

    static String of(Baseline baseline) {
        String events = baseline.events() + " explanations"
                + (baseline.sources() > 1 ? " of " + baseline.sources() + " sources" : "");
        if (baseline.origin() == ReferenceOrigin.FOLDER) {
            return events + " of pictures in a folder; what a stream brings in other proportions counts as a change";
        }
        String preliminary = baseline.preliminary() ? "; preliminary, with wide limits, until more are learned" : "";
        Duration span = Duration.ofMillis(baseline.to() - baseline.from());
        String dependence = baseline.dependence() < 1.5
                ? ""
                : String.format(
                        Locale.ROOT,
                        "; events resemble those before them, so that %.0f count as one",
                        baseline.dependence());
        String seasons = span.compareTo(SEASONS) < 0
                ? "; other hours and days are not known"
                : "; limits are those of the hours that differ most";
        return events + " within " + words(span) + seasons + dependence + preliminary;
    }

    private static String words(Duration span) {
        if (span.compareTo(SEASONS) >= 0) {
            return span.toDays() + " days";
        }
        if (span.toHours() >= 2) {
            return span.toHours() + " h";
        }
        return span.toMinutes() >= 2 ? span.toMinutes() + " min" : Math.max(span.toSeconds(), 1) + " s";
    }
}
