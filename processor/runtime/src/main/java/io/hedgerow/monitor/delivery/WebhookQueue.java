package io.hedgerow.monitor.delivery;

import io.hedgerow.Alert;
import io.hedgerow.AlertState;
import io.hedgerow.monitor.delivery.Receivers.Webhook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one webhook has still to be told, in order, one message at a time. What it doesn't take is tried again, for as long as it
 * takes; only what it says it can never use is passed over, after some attempts. An update that nobody could take is dropped when
 * a later revision of the same alert comes, so that little waits however long a receiver is away.
 */
final class WebhookQueue implements Receiver {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookQueue.class);
    private static final int REFUSALS = 3;

    private final String name;
    private final Webhook webhook;
    private final Signature signature;
    private final AlertText text;
    private final HttpPost http;
    private final DeliveryTimes times;
    private final DeliveryMeters meters;
    private final Map<Integer, Long> cursors = new HashMap<>();
    private final List<Position> waiting = new ArrayList<>();
    private final Random jitter = new Random();
    private @Nullable CompletableFuture<Answer> underWay;
    private int failures;
    private Instant due = Instant.MIN;
    private boolean gone;

    /** Takes a name for the log and for metrics, which shows nothing of the address. */
    WebhookQueue(
            String name, Webhook webhook, AlertText text, HttpPost http, DeliveryTimes times, DeliveryMeters meters) {
        this.name = name;
        this.webhook = webhook;
        this.signature = new Signature(webhook.secrets());
        this.text = text;
        this.http = http;
        this.times = times;
        this.meters = meters;
    }

    /** Names the webhook in what is kept about it: a few digits of its address's digest. */
    String key() {
        return SenderOffsets.key(webhook.url());
    }

    /** Begins a partition at an offset; what lies before it was taken. */
    void begin(int partition, long offset) {
        cursors.put(partition, offset);
    }

    /** Offset up to which everything was taken; null if the partition isn't ours. */
    @Nullable
    Long cursor(int partition) {
        Long cursor = cursors.get(partition);
        for (Position revision : waiting) {
            if (revision.partition() == partition) {
                return revision.offset();
            }
        }
        return cursor;
    }

    @Override
    public void take(Position revision) {
        long cursor = cursors.getOrDefault(revision.partition(), 0L);
        if (revision.offset() < cursor) {
            return;
        }
        cursors.put(revision.partition(), revision.offset() + 1);
        if (gone) {
            return;
        }
        int first = underWay == null ? 0 : 1;
        Iterator<Position> overtaken =
                waiting.subList(Math.min(first, waiting.size()), waiting.size()).iterator();
        while (overtaken.hasNext()) {
            Alert before = overtaken.next().alert();
            if (before.getState() == AlertState.UPDATED
                    && before.getId().equals(revision.alert().getId())) {
                overtaken.remove();
            }
        }
        waiting.add(revision);
    }

    @Override
    public void step(Instant now) {
        if (underWay != null && underWay.isDone()) {
            Answer answer = underWay.join();
            underWay = null;
            if (!waiting.isEmpty()) {
                judge(answer, now);
            }
        }
        if (underWay == null && !waiting.isEmpty() && !now.isBefore(due)) {
            underWay = send(waiting.get(0).alert(), now);
        }
        meters.waiting(name, waiting.size());
    }

    @Override
    public void forget(int partition) {
        cursors.remove(partition);
        boolean first = !waiting.isEmpty() && waiting.get(0).partition() == partition;
        waiting.removeIf(revision -> revision.partition() == partition);
        if (first) {
            // Whatever comes of it, it is somebody else's to tell.
            underWay = null;
            failures = 0;
            due = Instant.MIN;
        }
    }

    private CompletableFuture<Answer> send(Alert alert, Instant now) {
        byte[] body = text.message(alert, now);
        String id = "alert_" + alert.getId() + "-" + alert.getRevision();
        long seconds = now.getEpochSecond();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(seconds));
        String signed = signature.of(id, seconds, body);
        if (!signed.isEmpty()) {
            headers.put("webhook-signature", signed);
        }
        if (webhook.cloudEvents()) {
            headers.put("ce-specversion", "1.0");
            headers.put("ce-id", id);
            headers.put("ce-source", "/hedgerow/models/" + alert.getModel().getSha256());
            headers.put("ce-type", "io." + AlertText.type(alert) + ".v1");
            headers.put("ce-time", alert.getWindowEnd().toString());
        }
        return http.send(webhook.url(), body, headers);
    }

    private void judge(Answer answer, Instant now) {
        Alert alert = waiting.get(0).alert();
        if (answer.taken()) {
            if (failures > 0) {
                LOG.info("{} takes alerts again", name);
            }
            done("taken");
        } else if (answer.gone()) {
            LOG.warn("{} wants no more alerts: it answered 410; it is left out until the next start", name);
            gone = true;
            waiting.clear();
            meters.count(name, "gone");
        } else if (answer.refused() && failures + 1 >= REFUSALS) {
            LOG.error(
                    "{} can't use revision {} of alert {}: {}; it is passed over",
                    name,
                    alert.getRevision(),
                    alert.getId(),
                    answer);
            done("refused");
        } else {
            failures++;
            Duration pause = answer.retryAfter() != null ? answer.retryAfter() : times.pause(failures);
            due = now.plus(pause).plusMillis((long) (jitter.nextDouble() * pause.toMillis() / 10));
            if (failures == 1) {
                LOG.warn("{} did not take an alert: {}; it is tried again until it does", name, answer);
            }
            meters.count(name, "failed");
        }
    }

    private void done(String outcome) {
        waiting.remove(0);
        failures = 0;
        due = Instant.MIN;
        meters.count(name, outcome);
    }
}
