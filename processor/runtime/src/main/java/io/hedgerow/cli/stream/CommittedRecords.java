package io.hedgerow.cli.stream;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Everything that is committed to a topic, from its beginning or from now on. Leaves no trace; belongs to one thread. */
final class CommittedRecords implements AutoCloseable {
    private static final Duration WAIT = Duration.ofMillis(500);

    private final KafkaConsumer<byte[], byte[]> consumer;

    /**
     * Takes settings of a consumer without a group.
     *
     * @throws IOException if there is no such topic
     */
    CommittedRecords(Map<String, Object> settings, String topic, boolean fromBeginning) throws IOException {
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                throw new IOException("topic %s does not exist in the cluster at %s: create it"
                        .formatted(topic, settings.get("bootstrap.servers")));
            }
            consumer.assign(partitions);
            if (fromBeginning) {
                consumer.seekToBeginning(partitions);
            } else {
                consumer.seekToEnd(partitions);
                // sought only when asked for
                partitions.forEach(consumer::position);
            }
        } catch (IOException | RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    /** What has come since the last call; may be empty. */
    ConsumerRecords<byte[], byte[]> poll() {
        return consumer.poll(WAIT);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
