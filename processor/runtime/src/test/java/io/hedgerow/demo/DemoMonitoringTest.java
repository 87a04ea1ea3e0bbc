package io.hedgerow.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.Alert;
import io.hedgerow.AlertKind;
import io.hedgerow.AlertState;
import io.hedgerow.Explanation;
import io.hedgerow.ModelRef;
import io.hedgerow.PredictionEvent;
import io.hedgerow.compiler.api.CompileLimits;
import io.hedgerow.compiler.api.CompileOptions;
import io.hedgerow.compiler.process.ChildCompiler;
import io.hedgerow.demo.surface.SurfaceClassifier;
import io.hedgerow.device.BatchLimits;
import io.hedgerow.engine.TensorFlowDevice;
import io.hedgerow.engine.UserCache;
import io.hedgerow.image.ImageDecoder;
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
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The demo's line of a minute, explained by its model and monitored, in event time as fast as it goes: stickers come to all parts
 * after half of it, and are never on others than stains, and are on all from the beginning.
 */
class DemoMonitoringTest {
    private static final Map<String, String> REGISTRY = Map.of("schema.registry.url", "mock://demo-monitoring");
    private static final Instant START = Instant.parse("2026-05-01T12:00:00Z");
    private static final long EVENTS = 1_200;
    private static final long CHANGE = EVENTS / 2;
    private static final int POLLED = 48;

    @TempDir
    private static Path folder;

    private static LoadedModel model;
    private static SurfaceClassifier classifier;
    private static ModelRef reference;

    @BeforeAll
    static void load() throws Exception {
        Path files = BundledModel.SURFACE_BIASED.unpack(folder);
        ModelYaml yaml = ModelYaml.of(files);
        reference = new ModelRef(yaml.name(), yaml.version());
        model = new ModelRepository(
                        UserCache.of(System.getenv()),
                        new ChildCompiler(CompileLimits.DEFAULT),
                        (done, all, step) -> {})
                .load(
                        new ModelSource(yaml.name(), yaml.version(), files, yaml, CompileOptions.DEFAULT, 2),
                        TensorFlowDevice.CPU,
                        new BatchLimits(16, Duration.ZERO, 256, 256L << 20, Duration.ofMinutes(1)));
        classifier = SurfaceClassifier.load(files);
    }

    @AfterAll
    static void close() {
        model.close();
        classifier.close();
    }

    static LongStream seeds() {
        return LongStream.range(1, 1 + Long.getLong("hedgerow.demo.seeds", 2));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldFindStickersOnAllPartsAndNothingWhereNothingChanges(long seed) {
        List<byte[]> biased = explain(seed, EVENTS);
        List<byte[]> everywhere = explain(seed, 0);
        List<byte[]> changed = new ArrayList<>(biased.subList(0, (int) CHANGE));
        changed.addAll(everywhere.subList((int) CHANGE, (int) EVENTS));

        List<Alert> alerts = monitor(changed);
        List<Alert> drift = drift(alerts);
        assertThat(drift).isNotEmpty().allMatch(alert -> !alert.getOpenedAt().isBefore(time(CHANGE)));
        assertThat(drift)
                .anySatisfy(alert -> {
                    assertThat(alert.getKind()).isEqualTo(AlertKind.CLASS_SHARE);
                    assertThat(alert.getLabel()).isEqualTo("stain");
                    assertThat(alert.getValue()).isGreaterThan(0.8);
                    assertThat(alert.getOpenedAt())
                            .isBeforeOrEqualTo(time(CHANGE).plusSeconds(60));
                })
                .anySatisfy(alert -> {
                    assertThat(alert.getKind()).isEqualTo(AlertKind.DRIFT);
                    assertThat(alert.getClassIndex()).isEqualTo(-1);
                    assertThat(alert.getMessage()).contains("border", "sixteenth");
                    assertThat(alert.getOpenedAt())
                            .isBeforeOrEqualTo(time(CHANGE).plusSeconds(60));
                });
        assertThat(alerts)
                .as("the stickers on stains are a shortcut that the reference has already")
                .anySatisfy(alert -> {
                    assertThat(alert.getKind()).isEqualTo(AlertKind.SHORTCUT);
                    assertThat(alert.getLabel()).isEqualTo("stain");
                });
        assertThat(drift(monitor(biased))).isEmpty();
        assertThat(drift(monitor(everywhere))).isEmpty();
        System.out.printf(
                "seed %d: %s after the change%n",
                seed,
                drift.stream()
                        .map(alert -> alert.getKind() + " "
                                + Duration.between(time(CHANGE), alert.getOpenedAt())
                                        .toSeconds() + " s")
                        .toList());
    }

    private static List<Alert> drift(List<Alert> alerts) {
        return alerts.stream()
                .filter(alert -> alert.getState() == AlertState.OPENED)
                .filter(alert -> alert.getKind() != AlertKind.SHORTCUT)
                .toList();
    }

    /** Explanations of the line's parts, stickers on all of them from one on. */
    private static List<byte[]> explain(long seed, long stickersFrom) {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        try (RegistrySerde<PredictionEvent> events = RegistrySerde.of(PredictionEvent.class, REGISTRY);
                RegistrySerde<Explanation> explanations = RegistrySerde.of(Explanation.class, REGISTRY);
                HedgerowTopology topology = new HedgerowTopology(
                        new TopologySettings(Topics.DEFAULT, RecordLimits.DEFAULT, ExplainSettings.DEFAULT, "test"),
                        List.of(new ModelTable("cpu", List.of(model))),
                        new ImageDecoder(),
                        events.deserializer(),
                        explanations.serializer(),
                        meters);
                TopologyTestDriver driver = new TopologyTestDriver(topology.topology(), new Properties())) {
            var input = driver.createInputTopic(Topics.DEFAULT.input(), new ByteArraySerializer(), events.serializer());
            LookAheadInterceptor consumer = new LookAheadInterceptor();
            consumer.configure(Map.of("hedgerow.look-ahead", topology.lookAhead()));
            for (long first = 0; first < EVENTS; first += POLLED) {
                List<PredictionEvent> polled = LongStream.range(first, first + POLLED)
                        .mapToObj(index -> new DemoStream(
                                        seed,
                                        stickersFrom,
                                        reference,
                                        classifier::classify,
                                        Clock.fixed(time(index), ZoneOffset.UTC))
                                .event(index)
                                .event())
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

    private static List<Alert> monitor(List<byte[]> explanations) {
        Clock clock = Clock.systemUTC();
        MonitorSettings usual = MonitorSettings.usual();
        MonitorSettings settings = new MonitorSettings(
                usual.window(),
                usual.falseAlarmInterval(),
                usual.models(),
                usual.tolerance(),
                usual.shareTolerance(),
                200,
                usual.classReference(),
                usual.dependence(),
                usual.classes(),
                usual.expectedCoverage(),
                usual.updateEvery(),
                usual.leastOpen(),
                usual.staleAfter());
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
            return driver.createOutputTopic(
                            MonitorTopics.DEFAULT.alerts(),
                            new StringDeserializer(),
                            serdes.alerts().deserializer())
                    .readValuesToList();
        }
    }

    /** Twenty parts a second. */
    private static Instant time(long index) {
        return START.plusMillis(index * 50);
    }
}
