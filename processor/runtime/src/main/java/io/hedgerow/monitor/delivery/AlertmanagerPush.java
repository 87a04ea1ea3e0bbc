package io.hedgerow.monitor.delivery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hedgerow.AlertState;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells an Alertmanager which alerts are open, again and again, as Prometheus does: it forgets what it isn't told of. Nothing has
 * to be remembered of it, and it may be away for any time.
 */
final class AlertmanagerPush implements Receiver {
    private static final Logger LOG = LoggerFactory.getLogger(AlertmanagerPush.class);
    private static final String NAME = "alertmanager";

    /**
     * An alert.
     *
     * @param sent whether it was told of
     * @param closed when that was seen; null while it is open
     */
    private record Told(Position revision, boolean sent, @Nullable Instant closed) {}

    private final URI address;
    private final AlertText text;
    private final HttpPost http;
    private final DeliveryTimes times;
    private final DeliveryMeters meters;
    private final Map<String, Told> alerts = new LinkedHashMap<>();
    private @Nullable CompletableFuture<Answer> underWay;
    private Instant due = Instant.MIN;
    private int failures;
    private boolean changed;
    private Instant now = Instant.EPOCH;

    AlertmanagerPush(URI address, AlertText text, HttpPost http, DeliveryTimes times, DeliveryMeters meters) {
        String base = address.toString();
        this.address = URI.create((base.endsWith("/") ? base : base + "/") + "api/v2/alerts");
        this.text = text;
        this.http = http;
        this.times = times;
        this.meters = meters;
    }

    @Override
    public void take(Position revision) {
        String id = revision.alert().getId();
        Told before = alerts.get(id);
        boolean sent = before != null && before.sent();
        if (revision.alert().getState() != AlertState.CLOSED) {
            alerts.put(id, new Told(revision, sent, null));
            changed = true;
        } else if (sent) {
            alerts.put(id, new Told(revision, true, now));
            changed = true;
        } else {
            alerts.remove(id);
        }
    }

    @Override
    public void step(Instant time) {
        now = time;
        if (underWay != null && underWay.isDone()) {
            judge(underWay.join());
            underWay = null;
        }
        boolean pressing = changed && failures == 0;
        if (underWay == null && !alerts.isEmpty() && (pressing || !now.isBefore(due))) {
            underWay = http.send(address, body(), Map.of());
            alerts.replaceAll((id, told) -> new Told(told.revision(), true, told.closed()));
            changed = false;
            due = now.plus(times.resend());
        }
        meters.waiting(NAME, changed || failures > 0 ? alerts.size() : 0);
    }

    @Override
    public void forget(int partition) {
        alerts.values().removeIf(told -> told.revision().partition() == partition);
    }

    private byte[] body() {
        List<ObjectNode> entries = new ArrayList<>();
        for (Told told : alerts.values()) {
            Instant closed = told.closed();
            entries.add(text.entry(
                    told.revision().alert(), now, closed == null ? AlertText.ends(now, times.resend()) : closed));
        }
        return text.entries(entries);
    }

    private void judge(Answer answer) {
        if (answer.taken()) {
            if (failures > 0) {
                LOG.info("The Alertmanager takes alerts again");
            }
            failures = 0;
            alerts.values()
                    .removeIf(told ->
                            told.closed() != null && now.isAfter(told.closed().plus(times.resolved())));
            meters.count(NAME, "taken");
            return;
        }
        failures++;
        due = now.plus(times.pause(failures).compareTo(times.resend()) < 0 ? times.pause(failures) : times.resend());
        if (failures == 1) {
            LOG.warn("The Alertmanager did not take alerts: {}; it is tried again until it does", answer);
        }
        meters.count(NAME, "failed");
    }
}
