package io.hedgerow.bench;

import io.hedgerow.stream.AuditTrail;
import io.hedgerow.stream.HedgerowTopology;
import io.hedgerow.stream.ReadAheadPlan;
import io.hedgerow.stream.TopologyConnection;
import io.hedgerow.topics.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/** One measurement: topics and a group of its own, and a topology between them. Single-threaded. */
final class Measurement implements AutoCloseable {
    private final Map<String, ?> kafka;
    private final String name = "hedgerow-bench-" + Long.toHexString(System.nanoTime());
    private final Topics names;
    private final MeasuredTopics topics;
    private final HedgerowTopology topology;

    /** Takes what keeps account; null for no audit trail. */
    Measurement(StreamParts parts, int partitions, @Nullable AuditTrail trail, MeterRegistry meters) {
        this.kafka = parts.kafka();
        this.names = new Topics(
                name + "-events",
                name + "-explanations",
                name + "-dlq",
                trail != null ? name + "-audit" : null,
                trail != null ? name + "-checkpoints" : null);
        this.topics = new MeasuredTopics(kafka, names, partitions);
        this.topology = parts.topology(names, trail, meters);
    }

    /** The application's id. */
    String name() {
        return name;
    }

    Topics names() {
        return names;
    }

    MeasuredTopics topics() {
        return topics;
    }

    HedgerowTopology topology() {
        return topology;
    }

    /** Starts to stream. */
    KafkaStreams start(ReadAheadPlan plan) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, name);
        KafkaStreams streams = TopologyConnection.of(topology, settings, plan);
        streams.start();
        return streams;
    }

    /** What it takes to be told whether no more explanations are to be expected. */
    static BooleanSupplier stopped(KafkaStreams streams) {
        return () -> streams.state().hasStartedOrFinishedShuttingDown();
    }

    /**
     * Fills the input and streams all of it.
     *
     * @return when the first explanation became visible, by {@link System#nanoTime()}
     */
    long stream(List<byte[]> encoded, int images, ReadAheadPlan plan) {
        topics.fill(encoded, images);
        try (KafkaStreams streams = start(plan)) {
            long firstNanos = topics.awaitExplanations(images, stopped(streams));
            streams.close(Duration.ofSeconds(30));
            return firstNanos;
        }
    }

    @Override
    public void close() {
        topology.close();
        topics.close();
    }
}
