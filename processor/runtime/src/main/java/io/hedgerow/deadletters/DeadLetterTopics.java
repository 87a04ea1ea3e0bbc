package io.hedgerow.deadletters;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;

/** One cluster's topics of events and dead letters, with clients set up as Kafka Streams' own are. */
public final class DeadLetterTopics implements AutoCloseable {
    private static final String CLIENT = "hedgerow-dead-letters";
    private static final int LEAST_REQUEST_BYTES = 1 << 20;
    private static final long BUFFER_BYTES = 32 << 20;

    private final StreamsConfig kafka;
    private final String events;
    private final String deadLetters;
    private final int eventBytes;
    private final Admin admin;

    /**
     * Connects to the cluster.
     *
     * @param kafka Kafka Streams' settings by Kafka's names, at least {@code application.id} and
     *     {@code bootstrap.servers}
     * @param events topic that events are replayed to
     * @param deadLetters topic of dead letters
     * @param eventBytes largest record that the topic of events takes
     * @throws KafkaException if the settings make no sense
     */
    public DeadLetterTopics(Map<String, ?> kafka, String events, String deadLetters, int eventBytes) {
        this.kafka = new StreamsConfig(kafka);
        this.events = events;
        this.deadLetters = deadLetters;
        this.eventBytes = eventBytes;
        this.admin = Admin.create(this.kafka.getAdminConfigs(CLIENT));
    }

    /** Begins to read. */
    public DeadLetterReader read(DeadLetterFilter selection) {
        return new DeadLetterReader(consumer(), deadLetters, selection);
    }

    /** Judges by what has been replayed until now. */
    public ReplayPolicy policy() {
        return policy(marks(new MarkTopic(admin, deadLetters)));
    }

    /** Begins to replay; another replay of the same dead letters that is under way ends with an error. */
    public Replay replay() {
        Map<String, Object> settings = new HashMap<>(kafka.getProducerConfigs(CLIENT));
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, deadLetters + "-replay");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Math.max(LEAST_REQUEST_BYTES, eventBytes));
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, Math.max(BUFFER_BYTES, 2L * eventBytes));
        return replay(new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer()));
    }

    /** The same with a producer, which is closed with the replay. */
    Replay replay(Producer<byte[], byte[]> producer) {
        try {
            MarkTopic topic = new MarkTopic(admin, deadLetters);
            topic.create();
            // Only when no other run can commit any more are the marks complete.
            producer.initTransactions();
            ReplayMarks marks = marks(topic);
            return new Replay(producer, topic, marks, policy(marks));
        } catch (RuntimeException e) {
            producer.close();
            throw e;
        }
    }

    @Override
    public void close() {
        admin.close();
    }

    private ReplayMarks marks(MarkTopic topic) {
        try (var consumer = consumer()) {
            return topic.read(consumer);
        }
    }

    private ReplayPolicy policy(ReplayMarks marks) {
        try (var consumer = consumer()) {
            return new ReplayPolicy(events, consumer.partitionsFor(events).size(), eventBytes, marks);
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> settings = new HashMap<>(kafka.getRestoreConsumerConfigs(CLIENT));
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        // Retention may take letters while they are read.
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
