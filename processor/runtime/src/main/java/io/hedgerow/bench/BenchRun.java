package io.hedgerow.bench;

import io.hedgerow.stream.HedgerowTopology;
import io.hedgerow.stream.ReadAheadPlan;
import io.hedgerow.stream.TopologyConnection;
import io.hedgerow.topics.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;

/** One measurement: topics and a group of its own, and a topology between them. Single-threaded. */
final class BenchRun implements AutoCloseable {
    private final Map<String, ?> kafka;
    private final String name = "hedgerow-bench-" + Long.toHexString(System.nanoTime());
    private final Topics names;
    private final BenchTopics topics;
    private final HedgerowTopology topology;

    /** topology: made for the topics, and closed with this. */
    BenchRun(Map<String, ?> kafka, int partitions, boolean isAudited, Function<Topics, HedgerowTopology> topology) {
        this.kafka = kafka;
        this.names = new Topics(
                name + "-events",
                name + "-explanations",
                name + "-dlq",
                isAudited ? name + "-audit" : null,
                isAudited ? name + "-checkpoints" : null);
        this.topics = new BenchTopics(kafka, names, partitions);
        this.topology = topology.apply(names);
    }

    /** The application's id. */
    String name() {
        return name;
    }

    Topics names() {
        return names;
    }

    BenchTopics topics() {
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
