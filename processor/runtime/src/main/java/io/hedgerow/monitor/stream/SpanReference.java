package io.hedgerow.monitor.stream;

import io.hedgerow.AuditStatus;
import io.hedgerow.ReferenceEntry;
import io.hedgerow.ReferenceOrigin;
import io.hedgerow.monitor.MonitorSettings;
import io.hedgerow.monitor.ReferenceLearner;
import io.hedgerow.monitor.Window;
import io.hedgerow.monitor.profile.Observation;
import io.hedgerow.monitor.profile.Outcomes;
import io.hedgerow.serde.MalformedRecordException;
import io.hedgerow.serde.UnknownSchemaException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes references of what was explained in a span of time: records of the topics go in, in any order. For one thread. */
public final class SpanReference {
    private final MonitorInputs inputs;
    private final MonitorSettings settings;
    private final PartialReader reader;
    private final long from;
    private final long to;
    private final Map<String, ModelKey> models = new TreeMap<>();
    private final Map<String, List<Observation>> seen = new HashMap<>();
    private final List<Partial.Became> became = new ArrayList<>();

    /**
     * Begins.
     *
     * @param from event time from which on events count
     * @param to event time before which they do
     */
    public SpanReference(
            MonitorInputs inputs, MonitorSettings settings, MonitorSerdes serdes, Instant from, Instant to) {
        this.inputs = inputs;
        this.settings = settings;
        this.reader = new PartialReader(inputs, serdes);
        this.from = from.toEpochMilli();
        this.to = to.toEpochMilli();
    }

    /** Takes a record; what isn't one of the topic's, or not of the span, is passed over. */
    public void add(String topic, byte[] value, long timestamp) {
        Partial partial;
        try {
            partial = reader.read(topic, topic, value, timestamp);
        } catch (MalformedRecordException | UnknownSchemaException e) {
            return;
        }
        if (partial == null || partial.time() < from || partial.time() >= to) {
            return;
        }
        if (partial.body() instanceof Partial.Seen one) {
            models.put(one.model().id(), one.model());
            seen.computeIfAbsent(one.model().id(), unused -> new ArrayList<>()).add(one.observation());
            if (one.counts()) {
                became.add(new Partial.Became(
                        one.model().model().getName(),
                        one.model().model().getVersion(),
                        one.model().model().getSha256(),
                        one.observation().classIndex(),
                        AuditStatus.EXPLAINED,
                        one.agreement(),
                        1,
                        -1));
            }
        } else if (partial.body() instanceof Partial.Became one) {
            became.add(one);
        }
    }

    /** Topics whose records are wanted. */
    public List<String> topics() {
        return inputs.read().stream()
                .filter(topic -> !topic.equals(inputs.monitor().references()))
                .toList();
    }

    /** How many explanations there were. */
    public long events() {
        return seen.values().stream().mapToLong(List::size).sum();
    }

    /** References of all models of that name, of all classes together and of each class that was decided often enough. */
    public List<ReferenceEntry> entries(String model) {
        List<ReferenceEntry> entries = new ArrayList<>();
        for (ModelKey key : models.values()) {
            if (model.isEmpty() || key.model().getName().equals(model)) {
                ReferenceLearner learner =
                        new ReferenceLearner(key.model(), key.method(), settings, ReferenceOrigin.SPAN);
                Map<Integer, Outcomes> outcomes = new HashMap<>();
                became.stream()
                        .filter(one -> Monitors.isMeant(key.model(), one))
                        .forEach(one -> ModelWindow.count(
                                outcomes.computeIfAbsent(one.classIndex(), unused -> new Outcomes()), one));
                learner.add(new Window(from, seen.getOrDefault(key.id(), List.of()), outcomes));
                entries.addAll(learner.entries());
            }
        }
        return entries;
    }
}
