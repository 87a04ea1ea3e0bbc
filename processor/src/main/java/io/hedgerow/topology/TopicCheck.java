package io.hedgerow.topology;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.streams.StreamsConfig;

/** Looks, before anything runs, whether the cluster's topics are what the topology needs. */
public final class TopicCheck implements AutoCloseable {
    private final Admin admin;
    private final String cluster;
    private final Duration timeout;

    /**
     * Connects to the cluster.
     *
     * @param kafka Kafka Streams' settings by Kafka's names, at least {@code application.id} and
     *     {@code bootstrap.servers}
     * @param timeout how long to wait for each answer
     * @throws KafkaException if the settings make no sense
     */
    public TopicCheck(Map<String, ?> kafka, Duration timeout) {
        this.admin = Admin.create(new StreamsConfig(kafka).getAdminConfigs("hedgerow-check"));
        this.cluster = String.valueOf(kafka.get(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG));
        this.timeout = timeout;
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
        int input = partitions(topics.input());
        int limit = settings.maxRecordBytes();
        for (String output : List.of(topics.explanations(), topics.deadLetters())) {
            int partitions = partitions(output);
            if (partitions < input) {
                throw new TopicException(
                        "topic %s has %d partitions, fewer than the %d of %s: outputs go to the partition of their input; add partitions to %s"
                                .formatted(output, partitions, input, topics.input(), output));
            }
            limit = Math.min(limit, recordLimit(output, limit));
        }
        return settings.withMaxRecordBytes(limit);
    }

    /** Disconnects, without waiting for an answer that did not come in time. */
    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }

    private int partitions(String topic) {
        try {
            var answers = admin.describeTopics(List.of(topic)).topicNameValues();
            return get(answers.values().iterator().next()).partitions().size();
        } catch (UnknownTopicOrPartitionException e) {
            throw new TopicException(
                    "topic %s does not exist in the cluster at %s: create it".formatted(topic, cluster));
        }
    }

    private int recordLimit(String topic, int unknown) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try {
            var answers = admin.describeConfigs(List.of(resource)).values();
            Config config = get(answers.values().iterator().next());
            return Integer.parseInt(
                    config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value());
        } catch (AuthorizationException e) {
            // Not everybody may look at settings; then the configured limit has to do.
            return unknown;
        }
    }

    private <T> T get(KafkaFuture<T> future) {
        try {
            return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new KafkaException(
                    "no answer from the Kafka cluster at %s within %d s: is it running, and is bootstrap.servers right?"
                            .formatted(cluster, timeout.toSeconds()),
                    e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException
                    || e.getCause() instanceof AuthorizationException) {
                throw (RuntimeException) e.getCause();
            }
            throw new KafkaException(
                    "the Kafka cluster at %s did not answer: %s".formatted(cluster, e.getCause()), e.getCause());
        }
    }
}
