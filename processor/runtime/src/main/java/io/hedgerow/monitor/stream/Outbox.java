package io.hedgerow.monitor.stream;

import io.hedgerow.Alert;
import io.hedgerow.AlertState;
import io.hedgerow.Example;
import io.hedgerow.Profile;
import io.hedgerow.ReferenceEntry;
import io.hedgerow.monitor.Findings;
import io.hedgerow.monitor.profile.Observation;
import io.hedgerow.topics.MonitorTopics;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Sends out what was found, alerts with pictures, and knows which of them are open. Belongs to one task. */
final class Outbox {
    private static final String OPEN = "open/";
    private static final String APART = "apart";

    private final MonitorTopics topics;
    private final MonitorSerdes serdes;
    private final Evidence evidence;
    private final KeyValueStore<String, byte[]> store;
    private final MonitorMeters meters;
    private final ProcessorContext<String, Outgoing> context;
    private final Map<String, OpenAlert> open = new TreeMap<>();

    /** Goes on from a store. */
    Outbox(
            MonitorTopics topics,
            MonitorSerdes serdes,
            Evidence evidence,
            KeyValueStore<String, byte[]> store,
            MonitorMeters meters,
            ProcessorContext<String, Outgoing> context) {
        this.topics = topics;
        this.serdes = serdes;
        this.evidence = evidence;
        this.store = store;
        this.meters = meters;
        this.context = context;
        try (var all = store.range(OPEN, OPEN + "\uffff")) {
            all.forEachRemaining(entry -> {
                open.put(entry.key.substring(OPEN.length()), OpenAlert.of(entry.value));
            });
        }
        meters.open(open.values());
    }

    /**
     * Sends findings.
     *
     * @param window where examples come from; null if from nowhere
     */
    void send(ModelKey model, Findings findings, @Nullable ModelWindow window) {
        for (Profile profile : findings.profiles()) {
            forward(
                    topics.profiles(),
                    MonitorKeys.of(profile),
                    serdes.profiles().serializer().serialize(topics.profiles(), profile),
                    profile.getWindowEnd().toEpochMilli());
        }
        for (ReferenceEntry entry : findings.references()) {
            forward(
                    topics.references(),
                    MonitorKeys.of(entry),
                    serdes.references().serializer().serialize(topics.references(), entry),
                    entry.getTime().toEpochMilli());
        }
        for (Alert alert : findings.alerts()) {
            note(alert);
            Alert drawn = window == null ? alert : draw(alert, window);
            forward(
                    topics.alerts(),
                    alert.getId(),
                    serdes.alerts().serializer().serialize(topics.alerts(), drawn),
                    alert.getWindowEnd().toEpochMilli());
        }
        if (!findings.alerts().isEmpty()) {
            meters.open(open.values());
        }
    }

    /** Sends profiles that are parts of others, which can't be looked up any more: each under a key of its own, to be added. */
    void sendApart(List<Profile> profiles) {
        byte[] before = store.get(APART);
        long next = before == null ? 0 : ByteBuffer.wrap(before).getLong();
        for (Profile profile : profiles) {
            forward(
                    topics.profiles(),
                    MonitorKeys.of(profile) + "|late|" + next++,
                    serdes.profiles().serializer().serialize(topics.profiles(), profile),
                    profile.getWindowEnd().toEpochMilli());
        }
        store.put(APART, ByteBuffer.allocate(Long.BYTES).putLong(next).array());
    }

    private Alert draw(Alert alert, ModelWindow window) {
        Map<String, Observation> maps = window.maps();
        List<Example> drawn = alert.getExamples().stream()
                .map(example -> {
                    Observation seen = maps.get(example.getEventId());
                    return evidence.draw(
                            example,
                            seen == null ? null : seen.map(),
                            window.frames().get(example.getEventId()));
                })
                .toList();
        alert.setExamples(drawn);
        return alert;
    }

    private void note(Alert alert) {
        if (alert.getState() == AlertState.CLOSED) {
            open.remove(alert.getId());
            store.delete(OPEN + alert.getId());
            return;
        }
        OpenAlert now = OpenAlert.of(alert);
        open.put(alert.getId(), now);
        store.put(OPEN + alert.getId(), now.bytes());
    }

    private void forward(String topic, String key, byte[] value, long timestamp) {
        context.forward(new Record<>(key, new Outgoing(topic, value), Math.max(0, timestamp)));
    }
}
