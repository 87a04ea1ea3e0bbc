package io.hedgerow.dashboard.view;

import io.hedgerow.Alert;
import io.hedgerow.AlertKind;
import io.hedgerow.Severity;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says in words whether anything is wrong. */
final class Outlooks {
    private static final long SILENT_MILLIS = 2 * 60_000;
    private static final int LONGEST_NAME = 60;

    private Outlooks() {}

    /**
     * Says it.
     *
     * @param off why nothing is monitored; empty if it is
     * @param open alerts that are open
     * @param now event time may be behind it
     */
    static Outlook of(String off, Collection<Alert> open, Collection<WatchedModel> models, long now) {
        Alert gravest = open.stream()
                .filter(alert -> alert.getSeverity() != Severity.INFO)
                .max(Comparator.comparing(Alert::getSeverity)
                        // What was measured comes before what is asked.
                        .thenComparing(alert -> alert.getKind() != AlertKind.SHORTCUT)
                        .thenComparing(Alert::getOpenedAt, Comparator.reverseOrder()))
                .orElse(null);
        if (gravest != null) {
            return wrong(gravest, open.size());
        }
        if (!off.isEmpty()) {
            return unknown("Nobody watches: monitoring is off (" + off + ").");
        }
        // What old versions left in the topics is no news.
        List<WatchedModel> live = models.stream()
                .filter(model -> now - model.end() <= SILENT_MILLIS)
                .toList();
        if (live.isEmpty()) {
            long last = models.stream().mapToLong(WatchedModel::end).max().orElse(0);
            return last == 0
                    ? unknown("No events yet: send prediction events, and what the models look at shows here.")
                    : new Outlook("unknown", "No events come in any more.", null, null, last);
        }
        WatchedModel learning = live.stream()
                .filter(model -> model.card(now).reference().learnedAt() == null)
                .findFirst()
                .orElse(null);
        if (learning != null) {
            return learning(learning, now);
        }
        return good(live, open.size(), now);
    }

    private static Outlook wrong(Alert alert, int open) {
        String version = alert.getModel().getVersion();
        String model = cut(alert.getModel().getName()) + (version.isEmpty() ? "" : " " + cut(version));
        String whom = alert.getClassIndex() < 0
                ? ""
                : ", class " + (alert.getLabel().isEmpty() ? alert.getClassIndex() + "" : cut(alert.getLabel()));
        String others = open > 1 ? " (and %d more open)".formatted(open - 1) : "";
        return new Outlook(
                alert.getSeverity() == Severity.CRITICAL ? "critical" : "warning",
                model + whom + ": " + claim(alert) + others + ".",
                ModelNames.key(alert.getModel(), alert.getMethod()),
                alert.getClassIndex(),
                alert.getSince().toEpochMilli());
    }

    private static String claim(Alert alert) {
        return switch (alert.getKind()) {
            case DRIFT -> "it looks at other places than it used to";
            case CLASS_SHARE -> "this is decided far more or less often than it used to be";
            case SHORTCUT -> "it looks at one small place again and again, as if at a shortcut";
            case DISAGREEMENT -> "replayed predictions differ from the logged ones";
            case COVERAGE -> "too few events are explained";
            case FAILURES -> "too many events fail";
            case BLIND -> "maps show no evidence";
            case UNFAITHFUL -> "its evidence matters no more than chance";
            case UNKNOWN -> "something changed that this version has no words for";
        };
    }

    private static Outlook learning(WatchedModel model, long now) {
        ModelCard.Reference reference = model.card(now).reference();
        String when =
                reference.readyInSeconds() == null ? "" : ", about " + span(reference.readyInSeconds()) + " to go";
        String count = reference.want() == 0
                ? ""
                : ": %d of %d explanations%s".formatted(reference.have(), reference.want(), when);
        return new Outlook(
                "learning",
                "Learning how " + cut(model.name()) + " looks while all is well" + count + ".",
                model.key,
                null,
                null);
    }

    private static Outlook good(List<WatchedModel> live, int asked, long now) {
        long since = live.stream()
                .map(model -> model.card(now).reference().learnedAt())
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .min()
                .orElse(0);
        String whom = live.size() == 1 ? cut(live.get(0).name()) + " looks" : live.size() + " models look";
        String questions = asked == 0
                ? ""
                : asked == 1
                        ? " One finding waits for an answer."
                        : " %d findings wait for an answer.".formatted(asked);
        return new Outlook(
                "ok",
                "Nothing is wrong: " + whom + " where " + (live.size() == 1 ? "it" : "they") + " used to." + questions,
                live.size() == 1 ? live.get(0).key : null,
                null,
                since);
    }

    private static Outlook unknown(String sentence) {
        return new Outlook("unknown", sentence, null, null, null);
    }

    private static String span(long seconds) {
        return seconds < 120 ? seconds + " s" : seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
    }

    private static String cut(@Nullable String text) {
        String known = text == null ? "" : text;
        return known.length() <= LONGEST_NAME ? known : known.substring(0, LONGEST_NAME) + "…";
    }
}
