package io.hedgerow.topics;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.CreatePartitionsOptions;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A cluster's topics: asked about and created, each answer waited for not longer than told. */
final class ClusterTopics implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterTopics.class);
    private static final int SILENT_MILLIS = 5_000;
    private static final int REQUEST_MILLIS = 30_000;
    private static final int LOOK_MILLIS = 50;

    private final Admin admin;
    private final String address;
    private final Duration timeout;

    /** Takes Kafka Streams' settings by Kafka's names, at least {@code application.id} and {@code bootstrap.servers}. */
    ClusterTopics(Map<String, ?> kafka, Duration timeout) {
        Map<String, Object> settings = new StreamsConfig(kafka).getAdminConfigs("hedgerow-check");
        // Never before we do; by default the client itself gives up after a minute.
        int millis = Math.toIntExact(timeout.multipliedBy(2).toMillis());
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.min(millis, REQUEST_MILLIS));
        this.admin = Admin.create(settings);
        this.address = String.valueOf(kafka.get(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG));
        this.timeout = timeout;
    }

    /** What {@code bootstrap.servers} says, for messages. */
    String address() {
        return address;
    }

    /**
     * Returns if the cluster answers.
     *
     * @throws KafkaException if it does not in time
     */
    void ask() {
        get(admin.describeCluster().nodes());
    }

    /** How many partitions the topic has; empty if it does not exist. */
    OptionalInt partitions(String topic) {
        try {
            var answers = admin.describeTopics(List.of(topic)).topicNameValues();
            return OptionalInt.of(
                    get(answers.values().iterator().next()).partitions().size());
        } catch (UnknownTopicOrPartitionException e) {
            return OptionalInt.empty();
        } catch (AuthorizationException e) {
            throw forbidden("use topic " + topic, e);
        }
    }

    /** The topic's settings, set or by default; empty if we may not look at them. */
    Optional<Config> settings(String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try {
            var answers = admin.describeConfigs(List.of(resource)).values();
            return Optional.of(get(answers.values().iterator().next()));
        } catch (AuthorizationException e) {
            return Optional.empty();
        }
    }

    /** How large a record the topic takes, in bytes; empty if we may not look at its settings. */
    OptionalInt recordBytes(String topic) {
        return settings(topic)
                .map(settings -> OptionalInt.of(Integer.parseInt(
                        settings.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value())))
                .orElse(OptionalInt.empty());
    }

    /** Creates the topic, and waits until its partitions can be used; false if somebody else did meanwhile. */
    boolean create(NewTopic topic) {
        try {
            get(admin.createTopics(List.of(topic)).all());
            awaitLeaders(topic.name(), topic.numPartitions());
            return true;
        } catch (TopicExistsException e) {
            return false;
        } catch (AuthorizationException e) {
            throw forbidden("create topic " + topic.name(), e);
        }
    }

    private void awaitLeaders(String topic, int partitions) {
        try {
            if (!Leaders.await(admin, topic, partitions, timeout)) {
                LOG.debug("Topic {} is created; its leaders don't answer yet", topic);
            }
        } catch (ExecutionException e) {
            LOG.debug("Topic {} is created; whether it can be used already is not known", topic, e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** Gives the topic so many partitions, more than it has, and waits for them; or only asks whether that can be done. */
    void increase(String topic, int partitions, boolean onlyTry) {
        Map<String, NewPartitions> wanted = Map.of(topic, NewPartitions.increaseTo(partitions));
        try {
            get(admin.createPartitions(wanted, new CreatePartitionsOptions().validateOnly(onlyTry))
                    .all());
        } catch (AuthorizationException e) {
            throw forbidden("add partitions to topic " + topic, e);
        }
        long end = System.nanoTime() + timeout.toNanos();
        // The controller's answer comes before the brokers know.
        while (!onlyTry && partitions(topic).orElse(0) < partitions && System.nanoTime() < end) {
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
        }
    }

    /** Disconnects, without waiting for an answer that did not come in time. */
    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }

    private <T> T get(KafkaFuture<T> future) {
        long silent = Math.min(timeout.toMillis(), SILENT_MILLIS);
        try {
            try {
                return future.get(silent, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (silent == timeout.toMillis()) {
                    throw e;
                }
                LOG.warn("Waiting for the Kafka cluster at {}, for up to {} s", address, timeout.toSeconds());
                return future.get(timeout.toMillis() - silent, TimeUnit.MILLISECONDS);
            }
        } catch (TimeoutException e) {
            throw new KafkaException(
                    ("no answer from the Kafka cluster at %s within %d s: is it running, and are bootstrap.servers and"
                                    + " security.protocol right?")
                            .formatted(address, timeout.toSeconds()),
                    e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        }
    }

    private KafkaException forbidden(String what, AuthorizationException cause) {
        return new KafkaException("the Kafka cluster at %s does not allow to %s".formatted(address, what), cause);
    }

    private RuntimeException failure(Throwable cause) {
        if (cause instanceof UnknownTopicOrPartitionException
                || cause instanceof TopicExistsException
                || cause instanceof AuthorizationException) {
            return (RuntimeException) cause;
        }
        return new KafkaException(
                cause instanceof AuthenticationException
                        ? "the Kafka cluster at %s and this program don't trust each other: %s; check the security settings under kafka"
                                .formatted(address, cause.getMessage())
                        : "the Kafka cluster at %s did not answer: %s".formatted(address, cause),
                cause);
    }
}
