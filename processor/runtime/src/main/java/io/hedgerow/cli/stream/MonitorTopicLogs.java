package io.hedgerow.cli.stream;

import io.hedgerow.Alert;
import io.hedgerow.ReferenceEntry;
import io.hedgerow.audit.log.TopicReader;
import io.hedgerow.config.ConfigurationException;
import io.hedgerow.monitor.answer.ReferenceTopic;
import io.hedgerow.monitor.stream.MonitorKeys;
import io.hedgerow.monitor.stream.MonitorSerdes;
import io.hedgerow.service.Connection;
import io.hedgerow.topics.MonitorTopics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** What lies in monitoring's topics, and a way to add to it. Belongs to one thread. */
final class MonitorTopicLogs implements AutoCloseable {
    private static final String CLIENT = "hedgerow-monitor-tool";

    private final Connection connection;
    private final MonitorTopics topics;
    private final MonitorSerdes serdes;
    private final TopicReader reader;
    private final Map<TopicPartition, Long> read = new HashMap<>();

    MonitorTopicLogs(Connection connection) {
        MonitorTopics named = connection.monitor();
        if (named == null) {
            throw new ConfigurationException("monitor.enabled is false: there are no alerts");
        }
        this.connection = connection;
        topics = named;
        serdes = new MonitorSerdes(connection.registry());
        reader = connection.reader(CLIENT);
    }

    MonitorTopics topics() {
        return topics;
    }

    MonitorSerdes serdes() {
        return serdes;
    }

    /** Revisions of alerts that were committed since this was called before, from the oldest on. */
    List<Alert> alerts() {
        List<Alert> alerts = new ArrayList<>();
        read(topics.alerts(), record -> {
            Alert alert = serdes.alerts().deserializer().deserialize(record.topic(), record.value());
            if (alert != null) {
                alerts.add(alert);
            }
        });
        return alerts;
    }

    /** What is compared with now, by key. */
    Map<String, ReferenceEntry> references() {
        Map<String, ReferenceEntry> references = new LinkedHashMap<>();
        read(topics.references(), record -> {
            ReferenceEntry entry = serdes.references().deserializer().deserialize(record.topic(), record.value());
            if (entry != null) {
                references.put(MonitorKeys.of(entry), entry);
            }
        });
        return references;
    }

    /** Reads what was committed to a topic since this was called before; records without a value are left out. */
    void read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> records) {
        for (int partition = 0; partition < reader.partitions(topic); partition++) {
            TopicPartition at = new TopicPartition(topic, partition);
            long from = Math.max(read.getOrDefault(at, 0L), reader.begin(at));
            long end = reader.committedEnd(at);
            if (from < end) {
                reader.read(at, from, end, record -> {
                    if (record.value() != null) {
                        records.accept(record);
                    }
                });
            }
            read.put(at, Math.max(from, end));
        }
    }

    /** Refuses a cluster without the topic of references, before anything is made for it. */
    void requireReferences() {
        reader.partitions(topics.references());
    }

    /** Writes to the topic of references, and returns when all of it is there. */
    void write(List<ReferenceEntry> entries) throws IOException, InterruptedException {
        new ReferenceTopic(
                        connection.producer(CLIENT),
                        topics.references(),
                        serdes.references().serializer())
                .write(entries);
    }

    @Override
    public void close() {
        reader.close();
        serdes.close();
    }
}
