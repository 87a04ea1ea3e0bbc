package io.hedgerow.stream;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;

/** Connects a topology to a cluster, with the settings and the replacement of threads that its guarantees stand on. */
public final class TopologyConnection {
    private static final Duration REPLACEMENT_PAUSE = Duration.ofSeconds(1);

    private TopologyConnection() {}

    /**
     * Connects a topology, which must outlive what is returned; {@code start()} begins.
     *
     * @param kafka Kafka Streams' settings by Kafka's names, at least {@code application.id} and
     *     {@code bootstrap.servers}
     * @param plan how much is read ahead
     * @param faults told why threads are replaced
     * @throws org.apache.kafka.common.KafkaException if the settings make no sense
     */
    public static KafkaStreams of(
            HedgerowTopology topology, Map<String, ?> kafka, ReadAheadPlan plan, ThreadFaults faults) {
        StreamsConfig config = new StreamsConfig(StreamsSettings.of(kafka, plan, topology));
        KafkaStreams streams = new KafkaStreams(topology.topology(), config);
        streams.setUncaughtExceptionHandler(new ReplaceThread(
                REPLACEMENT_PAUSE,
                topology::admits,
                () -> !streams.state().isRunningOrRebalancing(),
                faults,
                new CommitWatch(streams::metrics)::committed,
                topology.meters()));
        return streams;
    }
}
