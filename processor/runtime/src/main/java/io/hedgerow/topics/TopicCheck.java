package io.hedgerow.topics;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.StreamsConfig;

/** Check, before anything runs, that the cluster's topics are what the topology needs. */
public final class TopicCheck implements AutoCloseable {
    private static final String WITHOUT_AUDIT =
            ", as `hedgerow topics create` does; with audit.enabled: false there is no audit trail and no need for it";

    private final Map<String, ?> kafka;
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
        this.kafka = Map.copyOf(kafka);
        this.cluster = new ClusterTopics(kafka, timeout);
    }

    /**
     * Checks that all topics are there, that each output has a partition for every input partition, and that the audit
     * trail's take what is written to them.
     *
     * @param records largest records that are wanted
     * @return each output's record limit as its topic and the user's producer settings have it; what they leave less of than
     *     was wanted is logged
     * @throws TopicException if a topic is missing, has too few partitions, or takes too little
     * @throws KafkaException if the cluster can't be reached in time or refuses to answer
     */
    public RecordLimits fit(Topics topics, RecordLimits records) {
        require(List.of(topics.input()));
        for (String output : topics.outputs()) {
            boolean audit = topics.isOfAudit(output);
            var unused = partitions(output, audit ? WITHOUT_AUDIT : "");
            if (audit) {
                requireRoom(output);
            }
        }
        requirePartitions(topics);
        return new RecordFit(cluster, kafka).fit(topics, records);
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

    /** How large a record the topic takes, in bytes; empty if we may not look at its settings. */
    public OptionalInt recordBytes(String topic) {
        return cluster.recordBytes(topic);
    }

    /**
     * Checks that each output has a partition for every input partition, and the audit trail's changelog as many.
     *
     * @throws TopicException if one has not
     * @throws KafkaException if the cluster can't be reached in time or refuses to answer
     */
    public void requirePartitions(Topics topics) {
        new PartitionIncrease(cluster, topics, String.valueOf(kafka.get(StreamsConfig.APPLICATION_ID_CONFIG)))
                .requireNone();
    }

    /**
     * Returns if the cluster answers.
     *
     * @throws KafkaException if it does not in time
     */
    public void ask() {
        cluster.ask();
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

    /** An entry that its topic refused would be tried again for ever. */
    private void requireRoom(String topic) {
        int bytes = cluster.recordBytes(topic).orElse(RecordLimits.AUDIT);
        if (bytes < RecordLimits.AUDIT) {
            throw new TopicException(
                    "topic %s takes records of %d bytes, what is written to it may take %d: raise its max.message.bytes"
                            .formatted(topic, bytes, RecordLimits.AUDIT));
        }
    }
}
