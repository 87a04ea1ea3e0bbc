package io.hedgerow.topology;

import io.hedgerow.Explanation;
import io.hedgerow.PredictionEvent;
import io.hedgerow.explain.BatchLimits;
import io.hedgerow.explain.ExplainableModel;
import io.hedgerow.explain.ModelTable;
import io.hedgerow.explain.SimulatedModel;
import io.hedgerow.image.ImageDecoder;
import io.hedgerow.image.Preprocessing;
import io.hedgerow.serde.RegistrySerde;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** The topology in a test driver, with a simulated model. */
final class TopologyRig implements AutoCloseable {
    static final Instant RECORD_TIME = Instant.ofEpochMilli(1_700_000_000_500L);

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final RegistrySerde<PredictionEvent> events;
    private final RegistrySerde<Explanation> written;
    private final SimulatedModel simulated;
    private final HedgerowTopology topology;
    private final TopologyTestDriver driver;
    private final TestInputTopic<String, byte[]> input;
    private final TestOutputTopic<String, Explanation> explanations;
    private final TestOutputTopic<String, byte[]> deadLetters;

    TopologyRig() {
        this(settings(1 << 20), null, null);
    }

    /**
     * Starts the topology.
     *
     * @param deserializer takes the place of the registry's; null for that
     * @param model takes the place of the simulated one; null for that
     */
    TopologyRig(TopologySettings settings, Deserializer<PredictionEvent> deserializer, ExplainableModel model) {
        this(settings, deserializer, null, model);
    }

    /** As above, with {@code serializer} in the place of the registry's; null for that. */
    TopologyRig(
            TopologySettings settings,
            Deserializer<PredictionEvent> deserializer,
            Serializer<Explanation> serializer,
            ExplainableModel model) {
        Map<String, Object> registry = Map.of("schema.registry.url", "mock://" + System.identityHashCode(this));
        events = RegistrySerde.of(PredictionEvent.class, registry);
        written = RegistrySerde.of(Explanation.class, registry);
        simulated = new SimulatedModel(
                Events.MODEL,
                Events.INPUT,
                Preprocessing.defaults(),
                Events.CLASSES,
                Duration.ZERO,
                Duration.ZERO,
                new BatchLimits(4, Duration.ZERO, 100, 1 << 20, Duration.ofSeconds(30)));
        topology = new HedgerowTopology(
                settings,
                List.of(new ModelTable("simulated:0", List.of(model == null ? simulated : model))),
                new ImageDecoder(),
                deserializer == null ? events.deserializer() : deserializer,
                serializer == null ? written.serializer() : serializer,
                meters);
        Properties properties = new Properties();
        properties.putAll(StreamsSettings.of(
                Map.of(StreamsConfig.APPLICATION_ID_CONFIG, "test", StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1"),
                FlowPlan.derive(1, 4, 100, 1 << 20),
                topology));
        driver = new TopologyTestDriver(topology.topology(), properties);
        input = driver.createInputTopic(settings.topics().input(), new StringSerializer(), new ByteArraySerializer());
        explanations = driver.createOutputTopic(
                settings.topics().explanations(), new StringDeserializer(), written.deserializer());
        deadLetters = driver.createOutputTopic(
                settings.topics().deadLetters(), new StringDeserializer(), new ByteArrayDeserializer());
    }

    static TopologySettings settings(int maxRecordBytes) {
        return settings(maxRecordBytes, Duration.ofSeconds(20));
    }

    static TopologySettings settings(int maxRecordBytes, Duration recordTimeout) {
        return TopologySettings.defaults("test")
                .withMaxRecordBytes(maxRecordBytes)
                .withTimeouts(recordTimeout, Duration.ofMillis(700));
    }

    byte[] bytes(PredictionEvent event) {
        return events.serializer().serialize("prediction-events", event);
    }

    byte[] explanationBytes(Explanation explanation) {
        return written.serializer().serialize("explanations", explanation);
    }

    void send(String key, PredictionEvent event) {
        send(key, bytes(event));
    }

    void send(String key, byte[] value) {
        send(key, value, new RecordHeaders());
    }

    void send(String key, byte[] value, Headers headers) {
        input.pipeInput(new TestRecord<>(key, value, headers, RECORD_TIME));
    }

    List<TestRecord<String, Explanation>> explanations() {
        return explanations.readRecordsToList();
    }

    List<TestRecord<String, byte[]>> deadLetters() {
        return deadLetters.readRecordsToList();
    }

    double count(String status, String reason) {
        return meters.get("hedgerow.records")
                .tags("status", status, "reason", reason)
                .counter()
                .count();
    }

    @Override
    public void close() {
        driver.close();
        topology.close();
        simulated.close();
    }
}
