package io.hedgerow.topology;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;

/** Looks, before anything runs, whether the cluster's topics are what the topology needs. */
public final class TopicCheck implements AutoCloseable {
    private static final String WITHOUT_AUDIT =
            ", as `hedgerow topics create` does; with audit.enabled: false there is no audit trail and no need for it";

    private final ClusterTopics cluster;

    /**
     * Connects to the cluster.
     *
     * @param kafka Kafka Streams' settings by Kafka's names, at least {@code application.id} and
     *     {@code bootstrap.servers}
     * @param timeout how long to wait for each answer
     * @throws KafkaException if the settings make no sense
     */
    public TopicCheck(Map<String, ?> kafka, Duration timeout) {
        this.cluster = new ClusterTopics(kafka, timeout);
    }

    /**
     * Checks that all topics are there and that each output has a partition for every input partition.
     *
     * @return the settings, with the record limit lowered to what the output topics take
     * @throws TopicException if a topic is missing or has too few partitions
     * @throws KafkaException if the cluster can't be reached in time or refuses to answer
     */
    public TopologySettings fit(TopologySettings settings) {
        Topics topics = settings.topics();
        int input = partitions(topics.input(), "");
        int limit = settings.maxRecordBytes();
        for (String output : topics.outputs()) {
            int partitions = partitions(output, topics.isOfAudit(output) ? WITHOUT_AUDIT : "");
            if (partitions < input) {
                throw new TopicException(
                        "topic %s has %d partitions, fewer than the %d of %s: outputs go to the partition of their input; add partitions to %s"
                                .formatted(output, partitions, input, topics.input(), output));
            }
            limit = Math.min(limit, recordLimit(output, limit));
        }
        return settings.withMaxRecordBytes(limit);
    }

    /**
     * Checks that topics are there.
     *
     * @throws TopicException if one is missing
     * @throws KafkaException if the cluster can't be reached in time or refuses to answer
     */
    public void require(List<String> topics) {
        for (String topic : topics) {
            var unused = partitions(topic, "");
        }
    }

    @Override
    public void close() {
        cluster.close();
    }

    private int partitions(String topic, String hint) {
        return cluster.partitions(topic)
                .orElseThrow(() -> new TopicException("topic %s does not exist in the cluster at %s: create it%s"
                        .formatted(topic, cluster.address(), hint)));
    }

    /** Not everybody may look at settings; then the configured limit has to do. */
    private int recordLimit(String topic, int unknown) {
        return cluster.settings(topic)
                .map(settings -> Integer.parseInt(
                        settings.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value()))
                .orElse(unknown);
    }
}
