package io.hedgerow.demo;

import io.hedgerow.Alert;
import io.hedgerow.AlertState;
import io.hedgerow.serde.RegistrySerde;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Whoever reads the demo's alerts. Belongs to one thread. */
final class DemoAlerts implements AutoCloseable {
    private final String topic;
    private final RegistrySerde<Alert> serde;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<Alert> opened = new ArrayList<>();

    DemoAlerts(String bootstrapServers, String topic, RegistrySerde<Alert> serde) {
        this.topic = topic;
        this.serde = serde;
        this.consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        TopicPartition partition = new TopicPartition(topic, 0);
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
    }

    /** Waits for alerts, not longer than told, and not if there are some. */
    void poll(Duration wait) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
            Alert alert = serde.deserializer().deserialize(topic, record.value());
            if (alert != null && alert.getState() == AlertState.OPENED) {
                opened.add(alert);
            }
        }
    }

    /** Those that were opened, first to last, as they were then. */
    List<Alert> opened() {
        return opened;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
