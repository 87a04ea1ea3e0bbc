package io.hedgerow.monitor;

import io.hedgerow.Alert;
import io.hedgerow.AlertKind;
import io.hedgerow.AlertState;
import io.hedgerow.Example;
import io.hedgerow.ExplainedModel;
import io.hedgerow.Method;
import io.hedgerow.Severity;
import io.hedgerow.monitor.detect.OpenAlert;
import io.hedgerow.monitor.detect.Sentences;
import io.hedgerow.monitor.shortcut.Group;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Writes alerts' records. Immutable. */
final class AlertWriter {
    private final ExplainedModel model;
    private final Method method;

    AlertWriter(ExplainedModel model, Method method) {
        this.model = model;
        this.method = method;
    }

    /**
     * What an alert is about.
     *
     * @param classIndex the class, or −1 or −2
     * @param expected mean in the reference; NaN if it isn't known
     * @param logThreshold logarithm of the evidence at which it opened
     */
    record Subject(
            AlertKind kind,
            int classIndex,
            String label,
            String statistic,
            double expected,
            double logThreshold,
            String message) {}

    /**
     * When a revision is made.
     *
     * @param closedBecause empty if it isn't closed
     */
    record Moment(long start, long end, AlertState state, String closedBecause) {}

    Alert of(OpenAlert alert, Subject subject, Moment moment, List<Float> meanMap, List<Example> examples) {
        return begin(subject.kind(), subject.classIndex(), subject.label(), moment)
                .setId(alert.id())
                .setRevision(alert.revision())
                .setOpenedAt(Instant.ofEpochMilli(alert.openedAt()))
                .setSince(Instant.ofEpochMilli(alert.since()))
                .setEvents(alert.events())
                .setStatistic(subject.statistic())
                .setValue(alert.value())
                .setExpected(Double.isNaN(subject.expected()) ? null : (Double) subject.expected())
                .setLimit(alert.limit())
                .setLogEvidence(alert.logEvidence())
                .setLogThreshold(subject.logThreshold())
                .setMeanMap(meanMap)
                .setMessage(closing(moment) + subject.message())
                .setExamples(examples)
                .build();
    }

    Alert of(ShortcutAlert alert, Group group, int classIndex, String label, String whom, Moment moment) {
        Group.Box box = group.box();
        String message = Sentences.percent(group.share()) + " of the maps for " + whom
                + " look at one small place off the middle, rows " + (box.row() + 1) + " to "
                + (box.row() + box.rows()) + " and columns " + (box.column() + 1) + " to "
                + (box.column() + box.columns()) + " of 16, since "
                + Instant.ofEpochMilli(alert.since()).truncatedTo(ChronoUnit.SECONDS) + ", in " + group.maps()
                + " sampled events: say whether that is a shortcut or legitimate";
        return begin(AlertKind.SHORTCUT, classIndex, label, moment)
                .setId(alert.id())
                .setRevision(alert.revision())
                .setOpenedAt(Instant.ofEpochMilli(alert.openedAt()))
                .setSince(Instant.ofEpochMilli(alert.since()))
                .setEvents(group.maps())
                .setStatistic("group")
                .setValue(group.share())
                .setLimit(0.05)
                .setGroup(group.record())
                .setMeanMap(group.record().getMeanMap())
                .setMessage(closing(moment) + message)
                .setExamples(group.examples())
                .build();
    }

    private Alert.Builder begin(AlertKind kind, int classIndex, String label, Moment moment) {
        return Alert.newBuilder()
                .setKind(kind)
                .setSeverity(severity(kind))
                .setState(moment.state())
                .setClosedBecause(moment.closedBecause())
                .setModel(model)
                .setMethod(method)
                .setClassIndex(classIndex)
                .setLabel(label)
                .setWindowStart(Instant.ofEpochMilli(moment.start()))
                .setWindowEnd(Instant.ofEpochMilli(moment.end()));
    }

    private static Severity severity(AlertKind kind) {
        return switch (kind) {
            case DISAGREEMENT, BLIND, UNFAITHFUL -> Severity.CRITICAL;
            default -> Severity.WARNING;
        };
    }

    private static String closing(Moment moment) {
        return switch (moment.closedBecause()) {
            case "back" -> "over, it is as it was: ";
            case "stale" -> "closed, no events for a day: ";
            case "reference" -> "closed, another reference took over: ";
            case "verdict" -> "closed, answered: ";
            default -> "";
        };
    }
}
