package io.hedgerow.bench;

import io.hedgerow.config.HedgerowConfig;
import io.hedgerow.event.ErrorHeaders;
import io.hedgerow.service.Connection;
import io.hedgerow.topics.MonitorTopics;
import io.hedgerow.topics.TopicAdmin;
import io.hedgerow.topics.TopicPlan;
import io.hedgerow.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A measurement's topics: made, filled with events, and watched for explanations. Single-threaded. */
final class MeasuredTopics implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMillis(50);
    private static final double LONGEST_POLL_SECONDS = 0.05;
    private static final Duration RETENTION = Duration.ofDays(1);

    private final Map<String, Object> kafka;
    private final Topics topics;
    private final int partitions;
    private final KafkaConsumer<byte[], byte[]> consumer;

    /** Looks whether explanations are still to be expected. */
    @FunctionalInterface
    interface Look {
        /** Throws if none are, with the reason. */
        void look() throws Exception;
    }

    /** Makes the topics of a configuration, as a user does. */
    MeasuredTopics(HedgerowConfig config, int partitions) {
        this.kafka = Map.of("bootstrap.servers", config.kafka().values().get("bootstrap.servers"));
        this.topics = config.topics();
        this.partitions = partitions;
        create(config);
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("isolation.level", "read_committed");
        settings.put("auto.offset.reset", "earliest");
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> watched = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            watched.add(new TopicPartition(topics.explanations(), partition));
            watched.add(new TopicPartition(topics.deadLetters(), partition));
        }
        consumer.assign(watched);
    }

    /** Writes events, in turn, round-robin to the partitions. */
    void fill(List<byte[]> encoded, int images) {
        try (var producer = new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < images; i++) {
                byte[] value = encoded.get(i % encoded.size());
                var unused = producer.send(new ProducerRecord<>(topics.input(), i % partitions, null, value));
            }
            producer.flush();
        }
    }

    /**
     * Waits for all explanations.
     *
     * @param process looked at meanwhile
     * @return when the first of them became visible, by {@link System#nanoTime()}
     */
    long awaitExplanations(int images, Look process) throws Exception {
        long firstNanos = 0;
        int seen = 0;
        while (seen < images) {
            int more = poll();
            firstNanos = seen == 0 ? System.nanoTime() : firstNanos;
            seen += more;
            process.look();
        }
        return firstNanos;
    }

    /**
     * Waits a little for explanations.
     *
     * @return how many there were
     * @throws IllegalStateException if there is a dead letter
     */
    int poll() {
        return poll(PATIENCE).count();
    }

    /**
     * Sends events at a steady rate, and waits for their explanations.
     *
     * @param perSecond events a second, round-robin to the partitions
     * @param process looked at meanwhile
     * @return for each event the milliseconds from its append to the input, by the broker's clock, until its explanation was
     *     seen by a reader of committed records
     */
    long[] latencies(List<byte[]> encoded, int events, double perSecond, Look process) throws Exception {
        List<Queue<Future<RecordMetadata>>> waiting = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            waiting.add(new ArrayDeque<>());
        }
        long[] millis = new long[events];
        int seen = 0;
        int sent = 0;
        long start = System.nanoTime();
        try (var producer = new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer())) {
            while (seen < events) {
                double due = sent < events ? sent / perSecond - (System.nanoTime() - start) / 1e9 : 1;
                if (due <= 0) {
                    byte[] value = encoded.get(sent % encoded.size());
                    int partition = sent++ % partitions;
                    waiting.get(partition)
                            .add(producer.send(new ProducerRecord<>(topics.input(), partition, null, value)));
                    continue;
                }
                for (var record : poll(Duration.ofNanos((long) (Math.min(due, LONGEST_POLL_SECONDS) * 1e9)))) {
                    // Outputs keep the order of their input's partition, and there are no dead letters.
                    long appended =
                            waiting.get(record.partition()).remove().get().timestamp();
                    millis[seen++] = System.currentTimeMillis() - appended;
                }
                process.look();
            }
        } catch (ExecutionException e) {
            throw new KafkaException("an event could not be written: " + e.getCause(), e.getCause());
        }
        return millis;
    }

    private ConsumerRecords<byte[], byte[]> poll(Duration patience) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(patience);
        for (var letter : records.records(topics.deadLetters())) {
            throw new IllegalStateException("an event could not be explained: "
                    + new String(
                            letter.headers().lastHeader(ErrorHeaders.MESSAGE).value(), StandardCharsets.UTF_8));
        }
        return records;
    }

    @Override
    public void close() {
        consumer.close();
    }

    private void create(HedgerowConfig config) {
        int explanation = config.records().explanation();
        TopicPlan plan =
                TopicPlan.of(topics, partitions, RETENTION, config.images().bytes(), explanation, 0);
        MonitorTopics monitor = config.monitorTopics();
        if (monitor != null) {
            plan = plan.with(monitor, RETENTION);
        }
        try (TopicAdmin admin = new TopicAdmin(Connection.of(config).kafka(), config.startup())) {
            var unused = admin.create(plan, Optional.empty());
        }
    }
}
