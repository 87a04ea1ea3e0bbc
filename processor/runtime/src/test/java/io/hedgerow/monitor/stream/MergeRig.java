package io.hedgerow.monitor.stream;

import io.hedgerow.Agreement;
import io.hedgerow.Alert;
import io.hedgerow.AuditStatus;
import io.hedgerow.ExplainedModel;
import io.hedgerow.Method;
import io.hedgerow.Precision;
import io.hedgerow.Profile;
import io.hedgerow.RecordInput;
import io.hedgerow.ReferenceEntry;
import io.hedgerow.monitor.MonitorSettings;
import io.hedgerow.monitor.RecordedMaps;
import io.hedgerow.monitor.profile.Grid;
import io.hedgerow.monitor.profile.Observation;
import io.hedgerow.serde.RegistrySerde;
import io.hedgerow.topics.MonitorTopics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** The task that brings everything together, with a store that outlives it, and clocks that are moved by hand. */
final class MergeRig {
    static final Instant START = Instant.parse("2026-05-01T12:00:00Z");
    static final MonitorInputs INPUTS =
            new MonitorInputs("explanations", "explanations-audit", null, MonitorTopics.DEFAULT);
    static final ModelKey MODEL = model("1");
    static final int A_WINDOW = 100;

    /** An outcome of a model that nobody monitors. */
    static final Partial.Became NOBODY =
            new Partial.Became("other", "", "", -1, AuditStatus.FAILED, Agreement.UNKNOWN, 1, -1);

    private static final RecordedMaps MAPS = new RecordedMaps();
    private static final String REGISTRY = "mock://merge";

    /** A record that was sent out. */
    record Sent(String topic, String key, Object value) {}

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final MonitorSerdes serdes = new MonitorSerdes(Map.of("schema.registry.url", REGISTRY));
    private final RegistrySerde<Profile> profiles =
            RegistrySerde.of(Profile.class, Map.of("schema.registry.url", REGISTRY));
    private final PartialCodec codec = new PartialCodec();
    private final List<Sent> sent = new ArrayList<>();
    private final KeyValueStore<String, byte[]> store = Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore(MergeProcessor.STATE), Serdes.String(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();
    private MockProcessorContext<String, Outgoing> context = new MockProcessorContext<>();
    private MergeProcessor processor;
    private long wall = START.plus(Duration.ofDays(1)).toEpochMilli();

    MergeRig() {
        store.init(context.getStateStoreContext(), store);
        processor = begin();
        pass(Duration.ofSeconds(3));
    }

    /** A reference is learned from 100 events of all classes. */
    static MonitorSettings settings() {
        MonitorSettings usual = MonitorSettings.usual();
        return new MonitorSettings(
                usual.window(),
                usual.falseAlarmInterval(),
                1,
                usual.tolerance(),
                usual.shareTolerance(),
                200,
                200,
                1,
                usual.classes(),
                usual.expectedCoverage(),
                usual.updateEvery(),
                usual.leastOpen(),
                usual.staleAfter(),
                usual.audited());
    }

    static ModelKey model(String methodVersion) {
        return ModelKey.of(
                new ExplainedModel("surface", "1", "ab".repeat(32)),
                new Method("gradient-hedging", methodVersion, 2f, "conv5", Precision.FLOAT32, Map.of()));
    }

    /** Events of some windows, a few of which are stains, and from one window on nearly all. */
    static List<Partial> stream(int windows, int changed) {
        Random random = new Random(7);
        List<Partial> stream = new ArrayList<>();
        for (int i = 0; i < windows * A_WINDOW; i++) {
            boolean stain = random.nextInt(100) < (i / A_WINDOW >= changed ? 90 : 25);
            stream.add(seen(i, stain ? "stain" : RecordedMaps.CLASSES.get(random.nextInt(3)), random));
        }
        return stream;
    }

    /** The event of a number; a hundred make a window. */
    static Partial seen(int number, String label, Random random) {
        List<Grid> maps = MAPS.of(label);
        long time = START.toEpochMilli() + number * 10_000L / A_WINDOW;
        Observation observation = new Observation(
                "part-" + number,
                time,
                "line-" + number % 4,
                new RecordInput("prediction-events", 0, (long) number),
                RecordedMaps.CLASSES.indexOf(label),
                label,
                maps.get(random.nextInt(maps.size())),
                5f,
                0.9f,
                Float.NaN,
                Float.NaN);
        return new Partial(
                "explanations-0",
                time,
                new Partial.Seen(MODEL, observation, new Frame(0, 0, 1, 1), false, Agreement.AGREES));
    }

    /** What became of the event of a number. */
    static Partial became(int number, AuditStatus status, int classIndex) {
        return new Partial(
                "explanations-audit-0",
                START.toEpochMilli() + number * 10_000L / A_WINDOW,
                new Partial.Became("surface", "", "", classIndex, status, Agreement.AGREES, 1, 40));
    }

    static Partial from(int partition, Partial partial) {
        return new Partial("explanations-" + partition, partial.time(), partial.body());
    }

    /** A partition that is read and has nothing. */
    void greet(int partition) {
        give(new Partial("explanations-" + partition, Long.MIN_VALUE, new Partial.Alive()));
    }

    void give(List<Partial> partials) {
        partials.forEach(this::give);
    }

    void give(Partial partial) {
        processor.process(new Record<>(
                partial.source().getBytes(StandardCharsets.UTF_8), codec.write(partial), Math.max(0, partial.time())));
        collect();
    }

    /** Lets wall-clock time pass, in seconds. */
    void pass(Duration time) {
        for (long second = 0; second < time.toSeconds(); second++) {
            wall += 1_000;
            context.setCurrentSystemTimeMs(wall);
            boolean minute = wall / 1_000 % 60 == 0;
            for (var punctuator : context.scheduledPunctuators()) {
                if (punctuator.getInterval().toSeconds() < 60 || minute) {
                    punctuator.getPunctuator().punctuate(wall);
                }
            }
            collect();
        }
    }

    /** Sets the computer's clock. */
    void jump(Duration by) {
        wall += by.toMillis();
        context.setCurrentSystemTimeMs(wall);
    }

    /** Ends the task and begins another one on the same store. */
    void restart() {
        processor.close();
        context = new MockProcessorContext<>();
        processor = begin();
        pass(Duration.ofSeconds(3));
    }

    /** Ends the task and begins another one on what another version of the program kept, which this one can't read. */
    void upgrade() {
        processor.close();
        List<String> keys = new ArrayList<>();
        try (var all = store.all()) {
            all.forEachRemaining(entry -> keys.add(entry.key));
        }
        keys.forEach(key -> store.put(key, new byte[] {7}));
        context = new MockProcessorContext<>();
        processor = begin();
        pass(Duration.ofSeconds(3));
    }

    /** Begins anew as after a crash, and ends again as by one before it has looked at anything. */
    void restartTwice(List<Partial> between) {
        processor.close();
        context = new MockProcessorContext<>();
        processor = begin();
        give(between);
        restart();
    }

    List<Sent> sent() {
        return sent;
    }

    List<Profile> profiles() {
        return sent.stream()
                .filter(one -> one.value() instanceof Profile)
                .map(one -> (Profile) one.value())
                .toList();
    }

    /** Profiles of all classes together. */
    List<Profile> whole() {
        return profiles().stream().filter(one -> one.getClassIndex() == -1).toList();
    }

    List<Alert> alerts() {
        return sent.stream()
                .filter(one -> one.value() instanceof Alert)
                .map(one -> (Alert) one.value())
                .toList();
    }

    List<ReferenceEntry> references() {
        return sent.stream()
                .filter(one -> one.value() instanceof ReferenceEntry)
                .map(one -> (ReferenceEntry) one.value())
                .toList();
    }

    private MergeProcessor begin() {
        context.setCurrentSystemTimeMs(wall);
        context.addStateStore(store);
        MergeProcessor begun = new MergeProcessor(
                INPUTS,
                settings(),
                serdes,
                Pictures.none(),
                new MonitorMeters(meters, Clock.fixed(Instant.ofEpochMilli(wall), ZoneOffset.UTC)));
        begun.init(context);
        return begun;
    }

    private void collect() {
        context.forwarded().forEach(forwarded -> {
            Outgoing outgoing = forwarded.record().value();
            String topic = outgoing.topic();
            Object value = topic.equals(MonitorTopics.DEFAULT.profiles())
                    ? profiles.deserializer().deserialize(topic, outgoing.value())
                    : topic.equals(MonitorTopics.DEFAULT.alerts())
                            ? serdes.alerts().deserializer().deserialize(topic, outgoing.value())
                            : serdes.references().deserializer().deserialize(topic, outgoing.value());
            sent.add(new Sent(topic, forwarded.record().key(), value));
        });
        context.resetForwards();
    }
}
