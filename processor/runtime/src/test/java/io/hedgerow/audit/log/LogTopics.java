package io.hedgerow.audit.log;

import io.hedgerow.AuditCheckpoint;
import io.hedgerow.demo.EmbeddedKafka;
import io.hedgerow.serde.RegistrySerde;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Topics of one log on a broker, written to in transactions as the topology does. */
final class LogTopics implements AutoCloseable {
    static final RegistrySerde<AuditCheckpoint> CHECKPOINTS =
            RegistrySerde.of(AuditCheckpoint.class, Map.of("schema.registry.url", "mock://test-log"));

    final TopicReader reader;
    final CheckpointTopic checkpointTopic;
    final String entries;
    final String checkpoints;
    private final Map<String, Object> kafka;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;

    LogTopics(EmbeddedKafka broker, String name) throws Exception {
        kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
        entries = name + "-audit";
        checkpoints = name + "-checkpoints";
        admin = Admin.create(kafka);
        admin.createTopics(List.of(new NewTopic(entries, 1, (short) 1), new NewTopic(checkpoints, 1, (short) 1)))
                .all()
                .get();
        reader = new TopicReader(kafka, kafka, Duration.ofSeconds(30));
        checkpointTopic = new CheckpointTopic(reader, checkpoints, CHECKPOINTS.deserializer());
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", name),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
    }

    Map<String, Object> kafka() {
        return kafka;
    }

    StoredLog log() {
        return new StoredLog(reader, entries, TestLog.SERDE.deserializer(), checkpointTopic);
    }

    /** Writes entries in one transaction; returns the offset of the last one. */
    long write(List<byte[]> values) throws Exception {
        return write(entries, values, true);
    }

    void abort(List<byte[]> values) throws Exception {
        write(entries, values, false);
    }

    void write(AuditCheckpoint checkpoint) throws Exception {
        write(checkpoints, List.of(CHECKPOINTS.serializer().serialize(checkpoints, checkpoint)), true);
    }

    private long write(String topic, List<byte[]> values, boolean isCommitted) throws Exception {
        producer.beginTransaction();
        long last = -1;
        for (byte[] value : values) {
            last = producer.send(new ProducerRecord<>(topic, 0, null, value))
                    .get()
                    .offset();
        }
        if (isCommitted) {
            producer.commitTransaction();
        } else {
            producer.abortTransaction();
        }
        return last;
    }

    /** Lets entries expire. */
    void expire(long before) throws Exception {
        admin.deleteRecords(Map.of(new TopicPartition(entries, 0), RecordsToDelete.beforeOffset(before)))
                .all()
                .get();
    }

    /** All checkpoints that were committed. */
    List<AuditCheckpoint> signed() {
        TopicPartition partition = new TopicPartition(checkpoints, 0);
        List<AuditCheckpoint> signed = new ArrayList<>();
        reader.read(
                partition,
                0,
                reader.end(partition),
                record -> signed.add(CHECKPOINTS.deserializer().deserialize(checkpoints, record.value())));
        return signed;
    }

    @Override
    public void close() {
        producer.close();
        reader.close();
        admin.close();
    }
}
