package io.hedgerow.stream;

import io.hedgerow.Explanation;
import io.hedgerow.PredictionEvent;
import io.hedgerow.deadletters.DeadLetters;
import io.hedgerow.event.EventCheck;
import io.hedgerow.event.EventReader;
import io.hedgerow.event.EventTime;
import io.hedgerow.event.ImageReader;
import io.hedgerow.event.Preparation;
import io.hedgerow.event.Sampling;
import io.hedgerow.faithfulness.FaithfulnessSample;
import io.hedgerow.image.ImageDecoder;
import io.hedgerow.models.Explainer;
import io.hedgerow.record.ExplanationBuilder;
import io.hedgerow.record.ExplanationWriter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.jspecify.annotations.Nullable;

/**
 * The topology that explains and keeps account: one sub-topology, no repartitioning.
 *
 * <pre>
 * prediction-events ─▶ explain ─┬─▶ explanations
 *                               ├─▶ explanations-dlq
 *                               └─▶ audit ─▶ explanations-audit
 * </pre>
 *
 * <p>It must outlive the {@code KafkaStreams} that runs it. The names of its processors are API.
 */
public final class HedgerowTopology implements AutoCloseable {
    private static final String EVENTS = "prediction-events";
    private static final String EXPLAIN = "explain";
    private static final String EXPLANATIONS = "explanations";
    private static final String DEAD_LETTERS = "explanations-dlq";
    private static final String AUDIT = "audit";
    private static final String AUDIT_ENTRIES = "explanations-audit";

    private final TopologySettings settings;
    private final MeterRegistry meters;
    private final DevicePool devices;
    private final Decoders decoders;
    private final LookAhead lookAhead;
    private final ExplanationWriter writer;
    private final DeadLetters deadLetters;
    private final OutcomeMeters outcomes;
    private final @Nullable AuditTrail audit;
    private final Clock clock;
    private final EventTime times;

    /** Wires a topology that keeps no account. */
    public HedgerowTopology(
            TopologySettings settings,
            List<? extends Explainer> devices,
            ImageDecoder images,
            Deserializer<PredictionEvent> events,
            Serializer<Explanation> explanations,
            MeterRegistry meters) {
        this(settings, devices, images, events, explanations, null, meters);
    }

    /**
     * Wires the topology; nothing runs yet.
     *
     * @param devices at least one; stream threads are spread over them
     * @param images decodes encoded images, by several threads at once
     * @param events reads events, by several threads at once
     * @param explanations writes explanations, by several threads at once
     * @param audit needed if the settings name a topic for the audit trail
     * @param meters where what became of the records is counted
     */
    public HedgerowTopology(
            TopologySettings settings,
            List<? extends Explainer> devices,
            ImageDecoder images,
            Deserializer<PredictionEvent> events,
            Serializer<Explanation> explanations,
            @Nullable AuditTrail audit,
            MeterRegistry meters) {
        if (settings.topics().audit() != null && audit == null) {
            throw new IllegalArgumentException("nothing to keep account with for topic "
                    + settings.topics().audit());
        }
        ExplainSettings explaining = settings.explaining();
        this.audit = audit;
        this.clock = Clock.systemUTC();
        this.times = new EventTime(clock, explaining.limits());
        this.settings = settings;
        this.meters = meters;
        this.devices = new DevicePool(devices, clock);
        DeviceMeters.bind(devices, meters);
        this.decoders = new Decoders(devices, explaining.decoders());
        decoders.bind(meters);
        Preparation preparation = new Preparation(
                new EventReader(events, explaining.limits()),
                new Sampling(explaining.samplingShare()),
                new EventCheck(explaining.limits(), times),
                new ImageReader(images),
                new FaithfulnessSample(explaining.faithfulness()));
        this.lookAhead = new LookAhead(this.devices, preparation, decoders::begin);
        this.writer = new ExplanationWriter(
                new ExplanationBuilder(explaining.scoreTolerance(), settings.softwareVersion()),
                explanations,
                settings.topics().explanations(),
                settings.records().explanation());
        this.deadLetters = new DeadLetters(settings.records().deadLetter(), explaining.stackTraces());
        this.outcomes = new OutcomeMeters(meters, clock);
    }

    /** A description for {@code KafkaStreams} or {@code TopologyTestDriver}. */
    public Topology topology() {
        Topology topology = new Topology();
        String auditTopic = settings.topics().audit();
        topology.addSource(
                AutoOffsetReset.earliest(),
                EVENTS,
                new SaneTimestamps(clock, times),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                settings.topics().input());
        topology.addProcessor(
                EXPLAIN,
                () -> new ExplainProcessor(
                        lookAhead,
                        writer,
                        deadLetters,
                        settings.explaining(),
                        outcomes,
                        new ExplainProcessor.Children(EXPLANATIONS, DEAD_LETTERS, auditTopic == null ? null : AUDIT)),
                EVENTS);
        addSink(topology, EXPLANATIONS, settings.topics().explanations(), EXPLAIN);
        addSink(topology, DEAD_LETTERS, settings.topics().deadLetters(), EXPLAIN);
        if (audit != null && auditTopic != null) {
            addAudit(topology, audit, auditTopic);
        }
        return topology;
    }

    private void addAudit(Topology topology, AuditTrail trail, String topic) {
        topology.addProcessor(
                AUDIT, () -> new AuditProcessor(trail, topic, clock, settings.softwareVersion()), EXPLAIN);
        topology.addStateStore(AuditProcessor.store(), AUDIT);
        addSink(topology, AUDIT_ENTRIES, topic, AUDIT);
    }

    /** Whether any device takes requests. */
    boolean admits() {
        return devices.admits();
    }

    MeterRegistry meters() {
        return meters;
    }

    /** How many there are. */
    int devices() {
        return devices.size();
    }

    TopologySettings settings() {
        return settings;
    }

    /** What {@link LookAheadInterceptor} is given. */
    public LookAhead lookAhead() {
        return lookAhead;
    }

    /** Stops decoding; whatever still waits for it fails its task. To be called when Streams has stopped. */
    @Override
    public void close() {
        decoders.close();
    }

    private static void addSink(Topology topology, String name, String topic, String parent) {
        topology.addSink(name, topic, new ByteArraySerializer(), new OutputSerializer(), new SamePartition(), parent);
    }
}
