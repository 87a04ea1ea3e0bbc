package io.hedgerow.audit.log;

import io.hedgerow.AuditCheckpoint;
import io.hedgerow.AuditEntry;
import io.hedgerow.audit.LogException;
import io.hedgerow.audit.note.LogOrigin;
import io.hedgerow.audit.note.SigningKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Session that seals the logs of the partitions that its consumer group gives it, one transaction for each round of checkpoints.
 * The group's generation is part of the transaction: what an instance that lost a partition still has in hand is refused, so
 * that each log has one line of checkpoints, whichever instances sign. Single-threaded.
 */
public final class SigningSession implements AutoCloseable {
    /**
     * What to sign, and when.
     *
     * @param entries topic of the entries
     * @param checkpoints topic of the checkpoints
     * @param every entries after which a log gets a checkpoint
     * @param interval time after which it gets one for fewer
     */
    public record Plan(LogOrigin origin, String entries, String checkpoints, int every, Duration interval) {}

    private static final Logger LOG = LoggerFactory.getLogger(SigningSession.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int TRANSACTION_MILLIS = 10_000;
    private static final int SESSION_MILLIS = 8_000;

    private final SigningKey key;
    private final Plan plan;
    private final CheckpointTopic checkpoints;
    private final Deserializer<AuditEntry> reader;
    private final Serializer<AuditCheckpoint> writer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<TopicPartition, LogSealer> logs = new HashMap<>();
    private final Map<TopicPartition, List<AuditCheckpoint>> due = new HashMap<>();

    /**
     * Connects.
     *
     * @param consumer settings for a consumer
     * @param producer settings for a producer
     */
    public SigningSession(
            SigningKey key,
            Plan plan,
            CheckpointTopic checkpoints,
            Deserializer<AuditEntry> reader,
            Serializer<AuditCheckpoint> writer,
            Map<String, Object> consumer,
            Map<String, Object> producer) {
        this.key = key;
        this.plan = plan;
        this.checkpoints = checkpoints;
        this.reader = reader;
        this.writer = writer;
        String group = plan.origin().application() + "-signer";
        Map<String, Object> reading = new HashMap<>(consumer);
        reading.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        reading.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        reading.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        reading.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        // A killed signer's logs wait as long for the next one.
        reading.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MILLIS);
        reading.putIfAbsent(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, SESSION_MILLIS / 4);
        Map<String, Object> writing = new HashMap<>(producer);
        writing.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, group + "-" + UUID.randomUUID());
        writing.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_MILLIS);
        this.consumer = new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.producer = new KafkaProducer<>(writing, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Signs until told to stop, and then what is left. */
    void run(BooleanSupplier stopped) {
        producer.initTransactions();
        consumer.subscribe(List.of(plan.entries()), new Assignment());
        while (!stopped.getAsBoolean()) {
            take(consumer.poll(POLL));
            write(false);
        }
        ConsumerRecords<byte[], byte[]> rest;
        do {
            rest = consumer.poll(POLL);
            take(rest);
        } while (!rest.isEmpty());
        write(true);
    }

    @Override
    public void close() {
        consumer.close();
        producer.close(Duration.ofSeconds(1));
    }

    private void take(ConsumerRecords<byte[], byte[]> records) {
        long now = System.nanoTime();
        for (TopicPartition partition : records.partitions()) {
            LogSealer log = logs.get(partition);
            if (log == null) {
                continue;
            }
            try {
                for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
                    log.add(record, reader.deserialize(record.topic(), record.value()), now);
                    if (log.unsealed() >= plan.every()) {
                        due(partition).add(log.seal());
                    }
                }
            } catch (LogException | SerializationException e) {
                refuse(partition, e);
            }
        }
    }

    private void write(boolean all) {
        long now = System.nanoTime();
        logs.forEach((partition, log) -> {
            boolean late = now - log.oldestUnsealed() >= plan.interval().toNanos();
            if (log.unsealed() > 0 && (all || late)) {
                due(partition).add(log.seal());
            }
        });
        if (due.isEmpty()) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        producer.beginTransaction();
        due.forEach((partition, seals) -> {
            byte[] origin = plan.origin().of(partition.partition()).getBytes(StandardCharsets.UTF_8);
            for (AuditCheckpoint seal : seals) {
                byte[] value = writer.serialize(plan.checkpoints(), seal);
                var unused =
                        producer.send(new ProducerRecord<>(plan.checkpoints(), partition.partition(), origin, value));
                offsets.put(partition, new OffsetAndMetadata(seal.getLastOffset() + 1));
            }
        });
        // Whoever gets the partition after the generation was checked must find what was sent before.
        producer.flush();
        producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
        producer.commitTransaction();
        due.clear();
    }

    private List<AuditCheckpoint> due(TopicPartition partition) {
        return due.computeIfAbsent(partition, unused -> new ArrayList<>());
    }

    /** A log that contradicts itself gets no further checkpoint. */
    private void refuse(TopicPartition partition, RuntimeException e) {
        LOG.error("{}", e.getMessage());
        logs.remove(partition);
        consumer.pause(List.of(partition));
    }

    private final class Assignment implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            for (TopicPartition partition : partitions) {
                int number = partition.partition();
                try {
                    LogSealer log = new LogSealer(plan.origin().of(number), key, checkpoints.last(number));
                    logs.put(partition, log);
                    if (log.lastOffset() < 0) {
                        consumer.seekToBeginning(List.of(partition));
                    } else {
                        consumer.seek(partition, log.lastOffset() + 1);
                    }
                } catch (LogException | SerializationException e) {
                    consumer.seekToBeginning(List.of(partition));
                    refuse(partition, e);
                }
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            partitions.forEach(logs::remove);
            partitions.forEach(due::remove);
        }
    }
}
