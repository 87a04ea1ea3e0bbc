package io.hedgerow.audit.log;

import io.hedgerow.audit.LogException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reader of partitions from one offset to another, as a read-committed consumer gets them. Thread-safe. Every method throws
 * {@link KafkaException} if the cluster does not answer in time.
 */
public final class TopicReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Map<String, Object> consumer;
    private final Admin admin;
    private final Duration timeout;

    /**
     * Connects to the cluster.
     *
     * @param consumer settings for consumers, which belong to no group
     * @param admin settings for the administrative client
     * @param timeout how long to wait for an answer, or for the next record
     */
    public TopicReader(Map<String, Object> consumer, Map<String, Object> admin, Duration timeout) {
        this.consumer = new HashMap<>(consumer);
        this.consumer.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        this.consumer.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        this.consumer.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        this.admin = Admin.create(admin);
        this.timeout = timeout;
    }

    /** The cluster's id. */
    public String cluster() {
        return get(admin.describeCluster().clusterId());
    }

    /**
     * How many partitions a topic has.
     *
     * @throws LogException if there is no such topic
     */
    public int partitions(String topic) {
        try {
            var answers = admin.describeTopics(List.of(topic)).topicNameValues();
            return get(answers.values().iterator().next()).partitions().size();
        } catch (UnknownTopicOrPartitionException e) {
            throw new LogException("topic %s does not exist".formatted(topic));
        }
    }

    /** Whether a topic is compacted: records may go from among others. Where that may not be asked: no. */
    public boolean isCompacted(String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try {
            Config config = get(admin.describeConfigs(List.of(resource)).all()).get(resource);
            return config != null
                    && config.get(TopicConfig.CLEANUP_POLICY_CONFIG)
                            .value()
                            .contains(TopicConfig.CLEANUP_POLICY_COMPACT);
        } catch (KafkaException e) {
            if (e.getCause() instanceof AuthorizationException) {
                return false;
            }
            throw e;
        }
    }

    /** The first offset that a partition still has. */
    public long begin(TopicPartition partition) {
        return offset(partition, OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED);
    }

    /** The offset after the last record, committed or not. */
    public long end(TopicPartition partition) {
        return offset(partition, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
    }

    /** The offset before which every record is committed or aborted. */
    public long committedEnd(TopicPartition partition) {
        return offset(partition, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED);
    }

    /**
     * Reads from offset {@code from} to before {@code to}. Waits for transactions that are open in between to end.
     *
     * @throws org.apache.kafka.clients.consumer.NoOffsetForPartitionException if {@code from} is no longer there
     */
    public void read(TopicPartition partition, long from, long to, Consumer<ConsumerRecord<byte[], byte[]>> records) {
        if (from >= to) {
            return;
        }
        try (var reader = new KafkaConsumer<>(consumer, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            reader.assign(List.of(partition));
            reader.seek(partition, from);
            long position = from;
            long waitingSince = System.nanoTime();
            while (position < to) {
                for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
                    if (record.offset() < to) {
                        records.accept(record);
                    }
                }
                long now = System.nanoTime();
                if (reader.position(partition) > position) {
                    position = reader.position(partition);
                    waitingSince = now;
                } else if (now - waitingSince > timeout.toNanos()) {
                    throw new KafkaException("%s: nothing after offset %d within %d s; is a transaction open?"
                            .formatted(partition, position, timeout.toSeconds()));
                }
            }
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }

    private long offset(TopicPartition partition, OffsetSpec spec, IsolationLevel isolation) {
        var answer = admin.listOffsets(Map.of(partition, spec), new ListOffsetsOptions(isolation));
        try {
            return get(answer.partitionResult(partition)).offset();
        } catch (UnknownTopicOrPartitionException e) {
            throw new LogException("partition %s does not exist".formatted(partition));
        }
    }

    private <T> T get(KafkaFuture<T> future) {
        try {
            return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new KafkaException("no answer from the Kafka cluster within %d s".formatted(timeout.toSeconds()), e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException unknown) {
                throw unknown;
            }
            throw new KafkaException("the Kafka cluster did not answer: " + e.getCause(), e.getCause());
        }
    }
}
