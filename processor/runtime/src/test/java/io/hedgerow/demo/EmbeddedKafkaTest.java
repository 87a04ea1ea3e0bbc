package io.hedgerow.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaTest {
    private static final TopicPartition PARTITION = new TopicPartition("parts", 1);

    @TempDir
    Path directory;

    @Test
    void shouldKeepCommittedRecordsOverARestart() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory)) {
            kafka.createTopic(PARTITION.topic(), 2, Map.of());
            writeInTransaction(kafka, "before");
            kafka.pause();
            kafka.resume();
            writeInTransaction(kafka, "after");

            assertThat(readCommitted(kafka, 2)).containsExactly("before", "after");
        }
    }

    @Test
    void shouldRefuseATopicThatExists() {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory)) {
            kafka.createTopic("parts", 1, Map.of());

            assertThatThrownBy(() -> kafka.createTopic("parts", 1, Map.of()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("parts")
                    .hasMessageContaining("exists");
        }
    }

    private static void writeInTransaction(EmbeddedKafka kafka, String value) throws Exception {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", "writer");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(PARTITION.topic(), PARTITION.partition(), "key", value))
                    .get();
            producer.commitTransaction();
        }
    }

    private static List<String> readCommitted(EmbeddedKafka kafka, int count) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "isolation.level", "read_committed");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(PARTITION));
            consumer.seekToBeginning(List.of(PARTITION));
            var values = new java.util.ArrayList<String>();
            while (values.size() < count) {
                ConsumerRecords<String, String> polled = consumer.poll(Duration.ofSeconds(20));
                assertThat(polled.count()).as("records within 20 s").isPositive();
                polled.forEach(record -> values.add(record.value()));
            }
            return values;
        }
    }
}
