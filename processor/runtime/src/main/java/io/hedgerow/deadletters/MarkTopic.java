package io.hedgerow.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * The compacted topic that keeps {@link ReplayMarks}: a group's offsets would be forgotten when the group has been idle for
 * a week. Keys begin with the dead letter topic's id, so that a topic made anew begins anew.
 */
final class MarkTopic {
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final Admin admin;
    private final String name;
    private final String prefix;

    MarkTopic(Admin admin, String deadLetters) {
        this.admin = admin;
        this.name = deadLetters + "-replays";
        var described = admin.describeTopics(List.of(deadLetters)).topicNameValues();
        this.prefix = get(described.values().iterator().next()).topicId() + "/";
    }

    /**
     * Makes the topic unless it is there.
     *
     * @throws KafkaException if it can't be made, or is not compacted
     */
    void create() {
        NewTopic topic = new NewTopic(name, Optional.of(1), Optional.empty())
                .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
        try {
            get(admin.createTopics(List.of(topic)).all());
        } catch (TopicExistsException e) {
            requireCompacted();
        } catch (KafkaException e) {
            throw new KafkaException(
                    "topic %s, which keeps what has been replayed, can't be made: %s; make it with 1 partition and cleanup.policy=compact"
                            .formatted(name, e.getMessage()),
                    e);
        }
    }

    /** What has been marked; nothing if there is no such topic. */
    ReplayMarks read(Consumer<byte[], byte[]> consumer) {
        ReplayMarks marks = new ReplayMarks();
        if (consumer.listTopics().containsKey(name)) {
            TopicPartition partition = new TopicPartition(name, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                consumer.poll(PATIENCE).forEach(record -> {
                    String key = new String(record.key(), UTF_8);
                    if (key.startsWith(prefix)) {
                        marks.restore(key.substring(prefix.length()), new String(record.value(), UTF_8));
                    }
                });
            }
        }
        return marks;
    }

    /** A mark to be sent. */
    ProducerRecord<byte[], byte[]> record(String key, String value) {
        return new ProducerRecord<>(name, 0, (prefix + key).getBytes(UTF_8), value.getBytes(UTF_8));
    }

    private void requireCompacted() {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
        Config config = get(admin.describeConfigs(List.of(resource)).all()).get(resource);
        String policy = config == null
                ? ""
                : config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
        if (!policy.equals(TopicConfig.CLEANUP_POLICY_COMPACT)) {
            throw new KafkaException(
                    "topic %s, which keeps what has been replayed, has cleanup.policy=%s and would forget it: set it to compact"
                            .formatted(name, policy));
        }
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KafkaException known) {
                throw known;
            }
            throw new KafkaException(e.getCause());
        }
    }
}
