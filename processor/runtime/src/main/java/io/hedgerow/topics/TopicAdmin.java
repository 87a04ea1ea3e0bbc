package io.hedgerow.topics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;

/**
 * Administration of topics: creates them, and says how those that exist differ from what is needed. Changes no topic but by adding
 * partitions when told to: it may be others' too.
 * Every call throws {@link KafkaException} if the cluster can't be reached in time or does not allow it.
 */
public final class TopicAdmin implements AutoCloseable {
    private final ClusterTopics cluster;

    /**
     * Connects to the cluster.
     *
     * @param kafka Kafka Streams' settings by Kafka's names, at least {@code application.id} and
     *     {@code bootstrap.servers}
     * @param timeout how long to wait for each answer
     * @throws KafkaException if the settings make no sense
     */
    public TopicAdmin(Map<String, ?> kafka, Duration timeout) {
        this.cluster = new ClusterTopics(kafka, timeout);
    }

    /** How many partitions a topic has; empty if it does not exist. */
    public OptionalInt partitions(String topic) {
        return cluster.partitions(topic);
    }

    /** How large a record the topic takes, in bytes; empty if it does not exist or can't be looked at. */
    public OptionalInt recordBytes(String topic) {
        return cluster.partitions(topic).isEmpty() ? OptionalInt.empty() : cluster.recordBytes(topic);
    }

    /**
     * Creates what is missing, and checks the rest.
     *
     * @param replication copies of each partition; empty for the cluster's default
     */
    public List<TopicStatus> create(TopicPlan plan, Optional<Short> replication) {
        List<TopicStatus> statuses = new ArrayList<>();
        for (TopicSpec spec : plan.topics()) {
            NewTopic topic =
                    new NewTopic(spec.name(), Optional.of(spec.partitions()), replication).configs(spec.settings());
            boolean created = cluster.partitions(spec.name()).isEmpty() && cluster.create(topic);
            statuses.add(
                    created
                            ? new TopicStatus(
                                    spec.name(), "created, %d partitions".formatted(spec.partitions()), List.of())
                            : check(spec));
        }
        return statuses;
    }

    /** Compares what there is with what is needed. */
    public List<TopicStatus> check(TopicPlan plan) {
        return plan.topics().stream().map(this::check).toList();
    }

    /**
     * Adds partitions to the outputs, to the audit trail's changelog if there is one, and last to the input; instances may run
     * meanwhile.
     *
     * @param application whose changelog it is
     * @param partitions the input is to have; 0 for as many as it has, where they were added to it alone
     * @throws TopicException if a topic is missing, or has more than that
     */
    public List<TopicStatus> addPartitions(Topics topics, String application, int partitions) {
        return new PartitionIncrease(cluster, topics, application).to(partitions);
    }

    @Override
    public void close() {
        cluster.close();
    }

    private TopicStatus check(TopicSpec spec) {
        OptionalInt partitions = cluster.partitions(spec.name());
        if (partitions.isEmpty()) {
            return new TopicStatus(spec.name(), "missing", List.of("it does not exist"));
        }
        List<String> differences = new ArrayList<>();
        if (partitions.getAsInt() < spec.partitions()) {
            differences.add(
                    "it has %d partitions, needed are %d or more".formatted(partitions.getAsInt(), spec.partitions()));
        }
        cluster.settings(spec.name())
                .ifPresentOrElse(
                        settings -> differences.addAll(spec.differences(settings)),
                        () -> differences.add("its settings can't be read: allow DescribeConfigs on it"));
        return new TopicStatus(spec.name(), differences.isEmpty() ? "as needed" : "differs", differences);
    }
}
