package io.hedgerow.stream;

import io.hedgerow.AuditEntry;
import io.hedgerow.Explanation;
import io.hedgerow.PredictionEvent;
import io.hedgerow.audit.log.LogHistory;
import io.hedgerow.audit.log.LogStarts;
import io.hedgerow.bench.SimulatedModel;
import io.hedgerow.device.BatchLimits;
import io.hedgerow.image.ImageDecoder;
import io.hedgerow.models.ExplainableModel;
import io.hedgerow.models.ModelTable;
import io.hedgerow.preprocess.Preprocessing;
import io.hedgerow.serde.RegistrySerde;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;

/** The topology in a test driver, with a simulated model. */
final class DrivenTopology implements AutoCloseable {
    final MeterRegistry meters;
    final RegistrySerde<PredictionEvent> events;
    final RegistrySerde<Explanation> explanations;
    final RegistrySerde<AuditEntry> entries;
    final TopologyTestDriver driver;
    final TestInputTopic<String, byte[]> input;
    private final SimulatedModel simulated = new SimulatedModel(
            Events.MODEL,
            Events.INPUT,
            Preprocessing.defaults(),
            Events.CLASSES,
            Duration.ZERO,
            Duration.ZERO,
            new BatchLimits(4, Duration.ZERO, 100, 1 << 20, Duration.ofSeconds(30)));
    private final HedgerowTopology topology;

    /**
     * Starts the topology.
     *
     * @param deserializer takes the place of the registry's; null for that
     * @param serializer takes the place of the registry's; null for that
     * @param model takes the place of the simulated one; null for that
     */
    DrivenTopology(
            TopologySettings settings,
            Deserializer<PredictionEvent> deserializer,
            Serializer<Explanation> serializer,
            ExplainableModel model) {
        this(settings, deserializer, serializer, model, new SimpleMeterRegistry());
    }

    /** As above, with {@code meters} for what is counted. */
    DrivenTopology(
            TopologySettings settings,
            Deserializer<PredictionEvent> deserializer,
            Serializer<Explanation> serializer,
            ExplainableModel model,
            MeterRegistry meters) {
        this.meters = meters;
        Map<String, Object> registry = Map.of("schema.registry.url", "mock://" + System.identityHashCode(this));
        events = RegistrySerde.of(PredictionEvent.class, registry);
        explanations = RegistrySerde.of(Explanation.class, registry);
        entries = RegistrySerde.of(AuditEntry.class, registry);
        topology = new HedgerowTopology(
                settings,
                List.of(new ModelTable("simulated:0", List.of(model == null ? simulated : model))),
                new ImageDecoder(),
                deserializer == null ? events.deserializer() : deserializer,
                serializer == null ? explanations.serializer() : serializer,
                new AuditTrail(entries.serializer(), LogHistory.NONE, LogStarts.NONE),
                meters);
        Properties properties = new Properties();
        properties.putAll(StreamsSettings.of(
                Map.of(StreamsConfig.APPLICATION_ID_CONFIG, "test", StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1"),
                ReadAheadPlan.derive(1, 4, 100, 1 << 20),
                topology));
        driver = new TopologyTestDriver(topology.topology(), properties);
        input = driver.createInputTopic(settings.topics().input(), new StringSerializer(), new ByteArraySerializer());
    }

    /** What is written to a topic. */
    <K, V> TestOutputTopic<K, V> output(String topic, Deserializer<K> key, Deserializer<V> value) {
        return driver.createOutputTopic(topic, key, value);
    }

    @Override
    public void close() {
        driver.close();
        topology.close();
        simulated.close();
    }
}
