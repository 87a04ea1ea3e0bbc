package io.hedgerow.dashboard.view;

import io.hedgerow.Alert;
import io.hedgerow.AlertKind;
import io.hedgerow.Severity;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Says in words whether anything is wrong. */
final class Outlooks {
    private static final long SILENT_MILLIS = 2 * 60_000;
    private static final int LONGEST_NAME = 60;
    private static final int LONGEST_CLAIM = 200;

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
                .filter(model -> model.card(now).reference().isLearning())
                .findFirst()
                .orElse(null);
        if (learning != null) {
            return learning(learning, now);
        }
        return good(live, open.size(), now);
    }

    private static Outlook wrong(Alert alert, int open) {
        String version = alert.getModel().getVersion();
        String model = Words.cut(alert.getModel().getName(), LONGEST_NAME)
                + (version.isEmpty() ? "" : " " + Words.cut(version, LONGEST_NAME));
        String others = open > 1 ? " (and %d more open)".formatted(open - 1) : "";
        boolean moved = alert.getKind() == AlertKind.DRIFT;
        String question = alert.getKind() == AlertKind.SHORTCUT ? " Is that a shortcut?" : "";
        return new Outlook(
                alert.getSeverity() == Severity.CRITICAL ? "critical" : "warning",
                model + (moved ? " looks at other places: " : ": ") + claim(alert.getMessage()) + others + "."
                        + question,
                ModelNames.key(alert.getModel(), alert.getMethod()),
                alert.getClassIndex(),
                alert.getSince().toEpochMilli());
    }

    /** What an alert says, without the details that stand below it. */
    private static String claim(String message) {
        String claim = message;
        for (String detail : List.of(", since ", ", most of all ", ", rows ")) {
            int at = claim.lastIndexOf(detail);
            claim = at > 0 ? claim.substring(0, at) : claim;
        }
        return Words.cut(claim, LONGEST_CLAIM);
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
                "Learning how " + Words.cut(model.name(), LONGEST_NAME) + " looks while all is well" + count + ".",
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
        String whom = live.size() == 1
                ? Words.cut(live.get(0).name(), LONGEST_NAME) + " looks"
                : live.size() + " models look";
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
}
