package io.hedgerow.demo;

import io.hedgerow.Alert;
import io.hedgerow.AlertKind;
import io.hedgerow.AlertState;
import io.hedgerow.Explanation;
import io.hedgerow.ModelRef;
import io.hedgerow.Prediction;
import io.hedgerow.PredictionEvent;
import io.hedgerow.Profile;
import io.hedgerow.compiler.api.CompileLimits;
import io.hedgerow.compiler.api.CompileOptions;
import io.hedgerow.compiler.process.ChildCompiler;
import io.hedgerow.demo.surface.SurfaceClassifier;
import io.hedgerow.device.BatchLimits;
import io.hedgerow.engine.TensorFlowDevice;
import io.hedgerow.engine.UserCache;
import io.hedgerow.image.ImageDecoder;
import io.hedgerow.models.ExplainableModel;
import io.hedgerow.models.LoadedModel;
import io.hedgerow.models.ModelRepository;
import io.hedgerow.models.ModelSource;
import io.hedgerow.models.ModelTable;
import io.hedgerow.monitor.MonitorSettings;
import io.hedgerow.monitor.stream.MonitorInputs;
import io.hedgerow.monitor.stream.MonitorMeters;
import io.hedgerow.monitor.stream.MonitorSerdes;
import io.hedgerow.monitor.stream.MonitorTopology;
import io.hedgerow.monitor.stream.Pictures;
import io.hedgerow.preprocess.ModelYaml;
import io.hedgerow.serde.RegistrySerde;
import io.hedgerow.stream.ExplainSettings;
import io.hedgerow.stream.HedgerowTopology;
import io.hedgerow.stream.LookAheadInterceptor;
import io.hedgerow.stream.TopologySettings;
import io.hedgerow.topics.MonitorTopics;
import io.hedgerow.topics.RecordLimits;
import io.hedgerow.topics.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TopologyTestDriver;

/** The demo's line, explained by one of its models and monitored, in event time as fast as it goes. */
final class MonitoredLine implements AutoCloseable {
    static final Instant START = Instant.parse("2026-05-01T12:00:00Z");

    private static final Map<String, String> REGISTRY = Map.of("schema.registry.url", "mock://monitored-line");
    private static final int POLLED = 48;

    private final LoadedModel model;
    private final SurfaceClassifier classifier;
    private final ModelRef reference;

    private MonitoredLine(LoadedModel model, SurfaceClassifier classifier, ModelRef reference) {
        this.model = model;
        this.classifier = classifier;
        this.reference = reference;
    }

    /** What monitoring has written, in order. */
    record Written(List<Alert> alerts, List<Profile> profiles) {
        List<Alert> opened() {
            return alerts.stream()
                    .filter(alert -> alert.getState() == AlertState.OPENED)
                    .toList();
        }

        /** Those that say that something has changed. */
        List<Alert> drift() {
            return opened().stream()
                    .filter(alert -> alert.getKind() != AlertKind.SHORTCUT)
                    .toList();
        }
    }

    static MonitoredLine of(BundledModel bundled, Path folder) throws Exception {
        Path files = bundled.unpack(folder);
        ModelYaml yaml = ModelYaml.of(files);
        LoadedModel model = new ModelRepository(
                        UserCache.of(System.getenv()),
                        new ChildCompiler(CompileLimits.DEFAULT),
                        (done, all, step) -> {})
                .load(
                        new ModelSource(yaml.name(), yaml.version(), files, yaml, CompileOptions.DEFAULT, 2),
                        TensorFlowDevice.CPU,
                        new BatchLimits(16, Duration.ZERO, 256, 256L << 20, Duration.ofMinutes(1)));
        return new MonitoredLine(model, SurfaceClassifier.load(files), new ModelRef(yaml.name(), yaml.version()));
    }

    LoadedModel model() {
        return model;
    }

    /** What the classifier in production says of a picture. */
    List<Prediction> classify(byte[] file) {
        return classifier.classify(file);
    }

    /** Twenty parts a second. */
    static Instant time(long index) {
        return START.plusMillis(index * 50);
    }

    /** A part of the line, with stickers on all of them from one on. */
    PredictionEvent part(long seed, long stickersFrom, long index) {
        return new DemoStream(
                        seed, stickersFrom, reference, classifier::classify, Clock.fixed(time(index), ZoneOffset.UTC))
                .event(index)
                .event();
    }

    /**
     * Explains parts.
     *
     * @param explainer explains in place of the line's model
     * @param faithfulness share of events whose evidence is put to trial
     */
    List<byte[]> explain(
            ExplainableModel explainer, float faithfulness, int count, LongFunction<PredictionEvent> parts) {
        ExplainSettings settings = ExplainSettings.DEFAULT.withFaithfulness(faithfulness);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        try (RegistrySerde<PredictionEvent> events = RegistrySerde.of(PredictionEvent.class, REGISTRY);
                RegistrySerde<Explanation> explanations = RegistrySerde.of(Explanation.class, REGISTRY);
                HedgerowTopology topology = new HedgerowTopology(
                        new TopologySettings(Topics.DEFAULT, RecordLimits.DEFAULT, settings, "test"),
                        List.of(new ModelTable("cpu", List.of(explainer))),
                        new ImageDecoder(),
                        events.deserializer(),
                        explanations.serializer(),
                        meters);
                TopologyTestDriver driver = new TopologyTestDriver(topology.topology(), new Properties())) {
            var input = driver.createInputTopic(Topics.DEFAULT.input(), new ByteArraySerializer(), events.serializer());
            LookAheadInterceptor consumer = new LookAheadInterceptor();
            consumer.configure(Map.of("hedgerow.look-ahead", topology.lookAhead()));
            for (long first = 0; first < count; first += POLLED) {
                List<PredictionEvent> polled = LongStream.range(first, Math.min(count, first + POLLED))
                        .mapToObj(parts)
                        .toList();
                consumer.onConsume(records(first, polled, events));
                polled.forEach(event -> input.pipeInput(null, event, event.getTime()));
            }
            consumer.close();
            return driver.createOutputTopic(
                            Topics.DEFAULT.explanations(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                    .readValuesToList();
        }
    }

    /** Reads explanations as they lie in their topic. */
    static List<Explanation> read(List<byte[]> explanations) {
        try (RegistrySerde<Explanation> serde = RegistrySerde.of(Explanation.class, REGISTRY)) {
            return explanations.stream()
                    .map(value -> serde.deserializer().deserialize(Topics.DEFAULT.explanations(), value))
                    .toList();
        }
    }

    /** The same explanations as if of other parts, so many later. */
    static List<byte[]> later(List<byte[]> explanations, int parts) {
        try (RegistrySerde<Explanation> serde = RegistrySerde.of(Explanation.class, REGISTRY)) {
            return read(explanations).stream()
                    .map(explanation -> {
                        explanation.setEventId(explanation.getEventId() + "+" + parts);
                        explanation.setTime(explanation.getTime().plus(Duration.between(START, time(parts))));
                        return serde.serializer().serialize(Topics.DEFAULT.explanations(), explanation);
                    })
                    .toList();
        }
    }

    /** As a consumer polls them, so that they are explained in batches. */
    private static ConsumerRecords<byte[], byte[]> records(
            long first, List<PredictionEvent> polled, RegistrySerde<PredictionEvent> events) {
        String topic = Topics.DEFAULT.input();
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (PredictionEvent event : polled) {
            records.add(new ConsumerRecord<>(
                    topic, 0, first + records.size(), null, events.serializer().serialize(topic, event)));
        }
        return new ConsumerRecords<>(Map.of(new TopicPartition(topic, 0), records), Map.of());
    }

    /**
     * Monitors explanations, which come in order.
     *
     * @param modelReference explanations that the reference of all classes is learned from
     */
    static Written monitor(List<byte[]> explanations, int modelReference) {
        Clock clock = Clock.systemUTC();
        MonitorSettings usual = MonitorSettings.usual();
        MonitorSettings settings = new MonitorSettings(
                usual.window(),
                usual.falseAlarmInterval(),
                usual.models(),
                usual.tolerance(),
                usual.shareTolerance(),
                modelReference,
                usual.classReference(),
                usual.dependence(),
                usual.classes(),
                usual.expectedCoverage(),
                usual.updateEvery(),
                usual.leastOpen(),
                usual.staleAfter(),
                usual.audited());
        try (MonitorSerdes serdes = new MonitorSerdes(REGISTRY);
                TopologyTestDriver driver = new TopologyTestDriver(
                        new MonitorTopology(
                                        MonitorInputs.of(Topics.DEFAULT, MonitorTopics.DEFAULT),
                                        settings,
                                        serdes,
                                        Pictures::none,
                                        new MonitorMeters(new SimpleMeterRegistry(), clock),
                                        clock)
                                .topology(),
                        new Properties())) {
            driver.advanceWallClockTime(Duration.ofSeconds(5));
            var input = driver.createInputTopic(
                    Topics.DEFAULT.explanations(), new ByteArraySerializer(), new ByteArraySerializer());
            explanations.forEach(value -> input.pipeInput(null, value, START));
            return new Written(
                    driver.createOutputTopic(
                                    MonitorTopics.DEFAULT.alerts(),
                                    new StringDeserializer(),
                                    serdes.alerts().deserializer())
                            .readValuesToList(),
                    driver.createOutputTopic(
                                    MonitorTopics.DEFAULT.profiles(),
                                    new StringDeserializer(),
                                    serdes.profiles().deserializer())
                            .readValuesToList());
        }
    }

    @Override
    public void close() {
        model.close();
        classifier.close();
    }
}
