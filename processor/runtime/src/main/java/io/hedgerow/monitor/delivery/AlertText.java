package io.hedgerow.monitor.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hedgerow.Alert;
import io.hedgerow.Example;
import io.hedgerow.RecordInput;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Alerts as JSON, for webhooks and for an Alertmanager. Names of fields are API. Thread-safe. */
final class AlertText {
    private static final int LABEL = 256;
    private static final int MESSAGE = 2_000;

    private final ObjectMapper json = new ObjectMapper();
    private final @Nullable URI link;

    /** Takes the page that people are sent to; null for none. */
    AlertText(@Nullable URI link) {
        this.link = link;
    }

    /** What a webhook is told: without pictures, so that it is small whatever the alert. */
    byte[] message(Alert alert, Instant now) {
        ObjectNode message = json.createObjectNode().put("type", type(alert)).put("timestamp", now.toString());
        ObjectNode data = message.putObject("data")
                .put("id", alert.getId())
                .put("revision", alert.getRevision())
                .put("kind", lower(alert.getKind()))
                .put("severity", lower(alert.getSeverity()))
                .put("state", lower(alert.getState()))
                .put("closed_because", alert.getClosedBecause());
        data.putObject("model")
                .put("name", cut(alert.getModel().getName(), LABEL))
                .put("version", cut(alert.getModel().getVersion(), LABEL))
                .put("sha256", alert.getModel().getSha256());
        data.putObject("class").put("index", alert.getClassIndex()).put("label", cut(alert.getLabel(), LABEL));
        data.put("message", cut(alert.getMessage(), MESSAGE))
                .put("opened_at", alert.getOpenedAt().toString())
                .put("since", alert.getSince().toString())
                .put("until", alert.getWindowEnd().toString())
                .put("events", alert.getEvents())
                .put("statistic", alert.getStatistic())
                .put("value", alert.getValue())
                .put("expected", alert.getExpected())
                .put("limit", alert.getLimit());
        if (link != null) {
            data.put("link", page(alert));
        }
        ArrayNode examples = data.putArray("examples");
        for (Example example : alert.getExamples()) {
            RecordInput input = example.getInput();
            ObjectNode entry = examples.addObject()
                    .put("event_id", cut(example.getEventId(), LABEL))
                    .put("time", example.getTime().toString());
            if (input != null) {
                entry.put("topic", input.getTopic())
                        .put("partition", input.getPartition())
                        .put("offset", input.getOffset());
            }
        }
        return bytes(message);
    }

    /** Type of a message, or of an event. */
    static String type(Alert alert) {
        return "hedgerow.alert." + lower(alert.getState());
    }

    /**
     * One alert as an Alertmanager wants it.
     *
     * @param now before which it began, whatever the events' clocks say
     * @param ends when it is over unless it is told of again
     */
    ObjectNode entry(Alert alert, Instant now, Instant ends) {
        Instant opened = alert.getOpenedAt();
        ObjectNode entry = json.createObjectNode();
        entry.putObject("labels")
                .put("alertname", name(alert))
                .put("alert", alert.getId())
                .put("model", cut(alert.getModel().getName(), LABEL))
                .put("version", cut(alert.getModel().getVersion(), LABEL))
                .put("class", cut(alert.getLabel(), LABEL))
                .put("severity", lower(alert.getSeverity()));
        entry.putObject("annotations")
                .put("summary", cut(alert.getMessage(), MESSAGE))
                .put("events", Long.toString(alert.getEvents()))
                .put("since", alert.getSince().toString());
        entry.put("startsAt", (opened.isBefore(now) ? opened : now).toString()).put("endsAt", ends.toString());
        if (link != null) {
            entry.put("generatorURL", page(alert));
        }
        return entry;
    }

    /** Several of them. */
    byte[] entries(Iterable<ObjectNode> entries) {
        ArrayNode array = json.createArrayNode();
        entries.forEach(array::add);
        return bytes(array);
    }

    /** An alert that is told of again in time is still open. */
    static Instant ends(Instant now, Duration resend) {
        return now.plus(resend.multipliedBy(4));
    }

    private static String name(Alert alert) {
        return switch (alert.getKind()) {
            case DRIFT -> "HedgerowAttributionDrift";
            case CLASS_SHARE -> "HedgerowClassShare";
            case SHORTCUT -> "HedgerowShortcut";
            case DISAGREEMENT -> "HedgerowDisagreement";
            case COVERAGE -> "HedgerowCoverage";
            case FAILURES -> "HedgerowFailures";
            case BLIND -> "HedgerowBlindModel";
            case UNFAITHFUL -> "HedgerowUnfaithfulModel";
            case UNKNOWN -> "HedgerowAlert";
        };
    }

    private String page(Alert alert) {
        return link + "#alert=" + alert.getId();
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length - 1) + "…";
    }

    private byte[] bytes(Object node) {
        try {
            return json.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can be written", e);
        }
    }
}
