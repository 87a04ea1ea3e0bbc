package io.hedgerow.topology;

import io.hedgerow.AuditEntry;
import io.hedgerow.Explanation;
import io.hedgerow.PredictionEvent;
import io.hedgerow.audit.LogHistory;
import io.hedgerow.audit.LogStarts;
import io.hedgerow.explain.BatchLimits;
import io.hedgerow.explain.ExplainableModel;
import io.hedgerow.explain.ModelTable;
import io.hedgerow.explain.SimulatedModel;
import io.hedgerow.image.ImageDecoder;
import io.hedgerow.image.Preprocessing;
import io.hedgerow.serde.RegistrySerde;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** The topology with its audit trail in a test driver, with a simulated model. */
final class AuditRig implements AutoCloseable {
    static final Topics TOPICS = new Topics(
            "prediction-events", "explanations", "explanations-dlq", "explanations-audit", "explanations-checkpoints");

    private final RegistrySerde<PredictionEvent> events;
    private final RegistrySerde<Explanation> explanations;
    private final RegistrySerde<AuditEntry> entries;
    private final SimulatedModel simulated = new SimulatedModel(
            Events.MODEL,
            Events.INPUT,
            Preprocessing.defaults(),
            Events.CLASSES,
            Duration.ZERO,
            Duration.ZERO,
            new BatchLimits(4, Duration.ZERO, 100, 1 << 20, Duration.ofSeconds(30)));
    private final HedgerowTopology topology;
    private final TopologyTestDriver driver;
    private final TestInputTopic<String, byte[]> input;
    private final TestOutputTopic<byte[], byte[]> explained;
    private final TestOutputTopic<byte[], byte[]> audited;

    AuditRig() {
        this(settings());
    }

    AuditRig(TopologySettings settings) {
        this(settings, null);
    }

    /** model: takes the place of the simulated one; null for that. */
    AuditRig(TopologySettings settings, ExplainableModel model) {
        Map<String, Object> registry = Map.of("schema.registry.url", "mock://" + System.identityHashCode(this));
        events = RegistrySerde.of(PredictionEvent.class, registry);
        explanations = RegistrySerde.of(Explanation.class, registry);
        entries = RegistrySerde.of(AuditEntry.class, registry);
        topology = new HedgerowTopology(
                settings,
                List.of(new ModelTable("simulated:0", List.of(model == null ? simulated : model))),
                new ImageDecoder(),
                events.deserializer(),
                explanations.serializer(),
                new AuditTrail(entries.serializer(), LogHistory.NONE, LogStarts.NONE),
                new SimpleMeterRegistry());
        Properties properties = new Properties();
        properties.putAll(StreamsSettings.of(
                Map.of(StreamsConfig.APPLICATION_ID_CONFIG, "test", StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1"),
                FlowPlan.derive(1, 4, 100, 1 << 20),
                topology));
        driver = new TopologyTestDriver(topology.topology(), properties);
        input = driver.createInputTopic(TOPICS.input(), new StringSerializer(), new ByteArraySerializer());
        explained = driver.createOutputTopic(
                TOPICS.explanations(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        audited = driver.createOutputTopic(TOPICS.audit(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    static TopologySettings settings() {
        return TopologyRig.settings(1 << 20).withTopics(TOPICS);
    }

    void send(String key, PredictionEvent event) {
        send(key, events.serializer().serialize(TOPICS.input(), event));
    }

    void send(String key, byte[] value) {
        input.pipeInput(new TestRecord<>(key, value));
    }

    List<TestRecord<byte[], byte[]>> entryRecords() {
        return audited.readRecordsToList();
    }

    AuditEntry entry(TestRecord<byte[], byte[]> record) {
        return entries.deserializer().deserialize(TOPICS.audit(), record.value());
    }

    List<TestRecord<byte[], byte[]>> explanationBytes() {
        return explained.readRecordsToList();
    }

    Explanation explanation(byte[] value) {
        return explanations.deserializer().deserialize(TOPICS.explanations(), value);
    }

    byte[] storedState() {
        return driver.<String, byte[]>getKeyValueStore("audit-log").get("state");
    }

    @Override
    public void close() {
        driver.close();
        topology.close();
        simulated.close();
    }
}
