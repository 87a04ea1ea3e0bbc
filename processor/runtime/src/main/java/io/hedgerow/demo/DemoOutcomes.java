package io.hedgerow.demo;

import io.hedgerow.Explanation;
import io.hedgerow.serde.RegistrySerde;
import io.hedgerow.topics.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A consumer downstream, which sees what is committed and nothing else. Belongs to one thread. */
final class DemoOutcomes implements AutoCloseable {
    private static final Duration WAIT = Duration.ofMillis(100);

    private final Topics topics;
    private final RegistrySerde<Explanation> explanations;
    private final KafkaConsumer<byte[], byte[]> consumer;

    DemoOutcomes(String bootstrapServers, Topics topics, RegistrySerde<Explanation> explanations) {
        this.topics = topics;
        this.explanations = explanations;
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", bootstrapServers,
                "group.id", "hedgerow-demo-downstream",
                "auto.offset.reset", "earliest",
                "isolation.level", "read_committed");
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of(topics.explanations(), topics.deadLetters()));
    }

    /** What has come out of the topics since the last call. */
    interface Reader {
        void explained(Explanation explanation) throws IOException;

        void failed();
    }

    void poll(Reader reader) throws IOException {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(WAIT)) {
            if (record.topic().equals(topics.explanations())) {
                reader.explained(Objects.requireNonNull(
                        explanations.deserializer().deserialize(record.topic(), record.value())));
            } else {
                reader.failed();
            }
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
