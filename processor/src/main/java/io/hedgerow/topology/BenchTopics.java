package io.hedgerow.topology;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A measurement's topics: made, filled with events, and watched for explanations. */
final class BenchTopics implements AutoCloseable {
    private final Map<String, ?> kafka;
    private final Topics topics;
    private final int partitions;
    private final KafkaConsumer<byte[], byte[]> consumer;

    BenchTopics(Map<String, ?> kafka, Topics topics, int partitions) {
        this.kafka = kafka;
        this.topics = topics;
        this.partitions = partitions;
        create();
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
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>copyOf(kafka), new ByteArraySerializer(), new ByteArraySerializer())) {
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
     * @param stopped whether no more are to be expected
     * @return explanations a second between the first and the last one
     */
    double explanationsPerSecond(int images, BooleanSupplier stopped) {
        int count = 0;
        int first = 0;
        long start = 0;
        while (count < images) {
            count += poll();
            if (start == 0 && count > 0) {
                start = System.nanoTime();
                first = count;
            }
            if (stopped.getAsBoolean()) {
                throw new IllegalStateException("the stream stopped after %d of %d events".formatted(count, images));
            }
        }
        return (count - first) / ((System.nanoTime() - start) / 1e9);
    }

    /**
     * Waits a little for explanations.
     *
     * @return how many there were
     * @throws IllegalStateException if there is a dead letter
     */
    int poll() {
        int count = 0;
        for (var record : consumer.poll(Duration.ofMillis(50))) {
            if (record.topic().equals(topics.deadLetters())) {
                throw new IllegalStateException("an event could not be explained: "
                        + new String(
                                record.headers()
                                        .lastHeader(ErrorHeaders.MESSAGE)
                                        .value(),
                                StandardCharsets.UTF_8));
            }
            count++;
        }
        return count;
    }

    @Override
    public void close() {
        consumer.close();
    }

    private void create() {
        List<NewTopic> wanted = Stream.of(topics.input(), topics.explanations(), topics.deadLetters())
                .map(name -> new NewTopic(name, partitions, (short) 1))
                .toList();
        try (Admin admin = Admin.create(Map.<String, Object>copyOf(kafka))) {
            admin.createTopics(wanted).all().get();
        } catch (ExecutionException e) {
            throw new KafkaException("the topics for measuring could not be made: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
