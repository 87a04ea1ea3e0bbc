package io.hedgerow.monitor.detect;

import io.hedgerow.monitor.profile.Features;
import io.hedgerow.monitor.reference.Rate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Alerts in plain words: what changed, from what to what, since when, in how many events. */
public final class Sentences {
    private static final String[] ROWS = {"top", "upper", "lower", "bottom"};
    private static final String[] COLUMNS = {"far left", "left", "right", "far right"};
    private static final int ZONES_A_SIDE = 4;

    private Sentences() {}

    /**
     * That maps changed.
     *
     * @param whom for what they are evidence: a class's name, or all decisions
     * @param expected mean in the reference
     * @param where in which zone there is more evidence than before, as {@link #gain} says it; empty if that isn't known
     */
    public static String drift(OpenAlert alert, String whom, double expected, String where) {
        String change = alert.rose() ? " rose from " : " fell from ";
        String from = percent(expected) + " to " + percent(alert.value());
        String what =
                switch (alert.feature()) {
                    case Features.CONCENTRATION -> "concentration of the evidence for " + whom + change + from;
                    case Features.BORDER -> "evidence along the border" + change + from + " of what speaks for " + whom;
                    case Features.VARIATION ->
                        "evidence that lies elsewhere than it used to" + change + from + " of what speaks for " + whom;
                    case Features.NOVELTY -> "maps unlike all earlier ones" + change + from + " of those for " + whom;
                    case Features.CONFIDENCE -> "confidence in " + whom + change + from;
                    case Features.LOW_SCORE ->
                        "scores lower than 95 % of earlier ones" + change + from + " of those for " + whom;
                    case Features.HIGH_SCORE ->
                        "scores higher than 95 % of earlier ones" + change + from + " of those for " + whom;
                    default ->
                        "evidence in the " + zone(alert.feature()) + " sixteenth of the picture" + change + from
                                + " of what speaks for " + whom;
                };
        boolean placed = alert.feature() < Features.ZONES || alert.feature() >= Features.CONFIDENCE;
        return what + (placed ? "" : where) + when(alert);
    }

    /**
     * Where there is more evidence than before.
     *
     * @param before share of the zone in the reference
     * @param now its share now
     */
    public static String gain(int zone, double before, double now) {
        return ", most of all in the " + zone(zone) + " sixteenth (from " + percent(before) + " to " + percent(now)
                + ")";
    }

    /** That a class is decided more often, or less. */
    public static String share(OpenAlert alert, String whom, double expected) {
        return whom + " is decided in " + percent(alert.value()) + " of events instead of " + percent(expected)
                + when(alert);
    }

    /** That a group of maps that a person called a shortcut comes more often. */
    public static String group(OpenAlert alert, String whom, double expected) {
        return "a known shortcut makes out " + percent(alert.value()) + " of the maps for " + whom + " instead of "
                + percent(expected) + when(alert);
    }

    /**
     * That something happens too often, or not often enough.
     *
     * @param expected share in the reference; NaN if it isn't known
     */
    public static String rate(OpenAlert alert, Rate rate, double expected) {
        String instead = Double.isNaN(expected)
                ? ", where the limit is " + percent(alert.limit())
                : " instead of " + percent(expected);
        String value = percent(alert.value());
        String what =
                switch (rate) {
                    case DISAGREEMENT ->
                        "replayed predictions disagree with logged ones in " + value + " of events" + instead;
                    case COVERAGE -> value + " of events are explained" + instead;
                    case FAILURES -> value + " of events fail" + instead;
                    case BLIND -> value + " of maps show no evidence at all" + instead;
                    case FAITHFULNESS ->
                        "evidence matters more than other places of the picture in only " + value + " of sampled events"
                                + instead;
                };
        return what + when(alert);
    }

    /** Where a zone lies, as in "bottom far right". */
    public static String zone(int zone) {
        return ROWS[zone / ZONES_A_SIDE] + " " + COLUMNS[zone % ZONES_A_SIDE];
    }

    /** A share in words. */
    public static String percent(double share) {
        double percent = 100 * share;
        return (percent > 0 && percent < 0.95) || (percent > 99.05 && percent < 100)
                ? String.format(Locale.ROOT, "%.1f %%", percent)
                : Math.round(percent) + " %";
    }

    private static String when(OpenAlert alert) {
        return ", since " + Instant.ofEpochMilli(alert.since()).truncatedTo(ChronoUnit.SECONDS) + ", in "
                + alert.events() + (alert.events() == 1 ? " event" : " events");
    }
}
