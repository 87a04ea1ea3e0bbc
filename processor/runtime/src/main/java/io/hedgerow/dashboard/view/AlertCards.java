package io.hedgerow.dashboard.view;

import io.hedgerow.Alert;
import io.hedgerow.AlertState;
import io.hedgerow.Example;
import io.hedgerow.MapGroup;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes cards of alerts. */
final class AlertCards {
    private static final int POINTS = 120;
    private static final long BEFORE_MILLIS = 30 * 60_000;

    /** What a shell takes between single quotes, and nobody stumbles over. */
    private static final Pattern NAMEABLE = Pattern.compile("[^\\p{Cntrl}\\p{Cf}'!\\\\]{1,100}");

    private AlertCards() {}

    /**
     * Makes a card.
     *
     * @param model null if nothing else is known of the alert's model
     * @param answer null while nobody has answered
     */
    static AlertCard of(Alert alert, @Nullable WatchedModel model, @Nullable String answer) {
        Scope scope = model == null ? null : model.find(alert.getClassIndex());
        Scope.Learned reference = scope == null ? null : scope.reference();
        MapGroup group = alert.getGroup();
        return new AlertCard(
                alert.getId(),
                alert.getRevision(),
                Words.lower(alert.getKind()),
                Words.lower(alert.getSeverity()),
                Words.lower(alert.getState()),
                alert.getClosedBecause().isEmpty() ? null : alert.getClosedBecause(),
                ModelNames.key(alert.getModel(), alert.getMethod()),
                alert.getClassIndex(),
                scope == null || !alert.getLabel().isEmpty() ? alert.getLabel() : scope.name(),
                alert.getSince().toEpochMilli(),
                alert.getOpenedAt().toEpochMilli(),
                alert.getWindowStart().toEpochMilli(),
                alert.getWindowEnd().toEpochMilli(),
                alert.getEvents(),
                alert.getStatistic(),
                Known.of(alert.getValue()),
                Known.of(alert.getExpected()),
                Known.of(alert.getLimit()),
                Known.of(alert.getLogEvidence()),
                Known.of(alert.getLogThreshold()),
                alert.getMessage(),
                Grid.of(alert.getMeanMap()),
                reference == null ? null : reference.map(),
                reference == null ? null : (Long) reference.events(),
                reference == null ? null : (Long) reference.to(),
                examples(alert),
                group == null ? null : group(group),
                answer,
                commands(alert),
                scope == null ? List.of() : curve(scope, alert));
    }

    private static List<ExampleCard> examples(Alert alert) {
        List<ExampleCard> cards = new ArrayList<>();
        String folder = "/api/alerts/" + URLEncoder.encode(alert.getId(), StandardCharsets.UTF_8) + "/"
                + alert.getRevision() + "/thumbnails/";
        for (Example example : alert.getExamples()) {
            cards.add(ExampleCard.of(example, folder + cards.size()));
        }
        return cards;
    }

    private static AlertCard.Group group(MapGroup group) {
        return new AlertCard.Group(
                group.getId(),
                group.getShare(),
                group.getMaps(),
                group.getRow(),
                group.getColumn(),
                group.getRows(),
                group.getColumns(),
                Known.of(group.getScoreDifference()),
                Grid.of(group.getMeanMap()));
    }

    private static AlertCard.Commands commands(Alert alert) {
        String answer = "hedgerow alerts --config hedgerow.yaml --alert " + quoted(alert.getId()) + " --verdict ";
        String model = quoted(alert.getModel().getName());
        String label = alert.getLabel();
        String whom = alert.getClassIndex() < 0 ? "" : label.isEmpty() ? null : quoted(label);
        return new AlertCard.Commands(
                answer + "shortcut",
                answer + "legitimate",
                whom == null || model == null
                        ? null
                        : "hedgerow monitor reference --config hedgerow.yaml --accept --model " + model
                                + (whom.isEmpty() ? "" : " --class " + whom));
    }

    private static @Nullable String quoted(String text) {
        return NAMEABLE.matcher(text).matches() ? "'" + text + "'" : null;
    }

    /** The evidence from half an hour before the alert on, the largest of several windows where there are too many. */
    private static List<AlertCard.Point> curve(Scope scope, Alert alert) {
        long from = alert.getOpenedAt().toEpochMilli() - BEFORE_MILLIS;
        long to = alert.getState() == AlertState.CLOSED
                ? alert.getWindowEnd().toEpochMilli() + BEFORE_MILLIS
                : Long.MAX_VALUE;
        List<ProfileWindow> windows = scope.history.between(from, to).stream()
                .filter(window -> !Float.isNaN(window.logEvidence()))
                .toList();
        int step = (windows.size() + POINTS - 1) / POINTS;
        List<AlertCard.Point> curve = new ArrayList<>();
        for (int first = 0; first < windows.size(); first += step) {
            ProfileWindow largest = windows.get(first);
            for (ProfileWindow window : windows.subList(first, Math.min(windows.size(), first + step))) {
                largest = window.logEvidence() > largest.logEvidence() ? window : largest;
            }
            curve.add(new AlertCard.Point(largest.start(), largest.logEvidence()));
        }
        return curve;
    }
}
