package io.hedgerow.monitor.answer;

import io.hedgerow.ReferenceEntry;
import io.hedgerow.monitor.stream.MonitorKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/** Writes to the topic of references. Connects for each time, which people's answers are seldom enough for. */
public final class ReferenceTopic {
    private final Map<String, Object> producer;
    private final String topic;
    private final Serializer<ReferenceEntry> entries;

    /** Takes settings of a producer. */
    public ReferenceTopic(Map<String, Object> producer, String topic, Serializer<ReferenceEntry> entries) {
        this.producer = producer;
        this.topic = topic;
        this.entries = entries;
    }

    /**
     * Writes, and returns when all of it is there.
     *
     * @throws IOException if the cluster doesn't take it
     */
    public void write(List<ReferenceEntry> answers) throws IOException, InterruptedException {
        try (Producer<byte[], byte[]> connected =
                new KafkaProducer<>(producer, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (ReferenceEntry entry : answers) {
                connected
                        .send(new ProducerRecord<>(
                                topic,
                                MonitorKeys.of(entry).getBytes(StandardCharsets.UTF_8),
                                entries.serialize(topic, entry)))
                        .get();
            }
        } catch (ExecutionException e) {
            throw new IOException("could not write to topic " + topic + ": " + e.getCause(), e);
        }
    }
}
