package io.hedgerow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hedgerow.config.ConfigReader;
import io.hedgerow.deadletters.DeadLetterFilter;
import io.hedgerow.deadletters.DeadLetterReader;
import io.hedgerow.deadletters.DeadLetterTopics;
import io.hedgerow.deadletters.Replay;
import io.hedgerow.demo.EmbeddedKafka;
import io.hedgerow.models.ModelTable;
import io.hedgerow.service.DeviceProvider;
import io.hedgerow.service.HedgerowService;
import io.hedgerow.topics.TopicAdmin;
import io.hedgerow.topics.TopicPlan;
import io.hedgerow.topics.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The largest events there may be, through topics as {@code topics create} makes them. */
class ITLargeRecords {
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final int IMAGE_BYTES = 20 << 20;
    private static final Topics TOPICS = Topics.DEFAULT;

    @TempDir
    private Path folder;

    @Test
    void shouldKeepTheLargestEventsWholeAsDeadLettersAndReplayThem() throws Exception {
        byte[] value = new byte[IMAGE_BYTES];
        new Random(1).nextBytes(value);
        try (EmbeddedKafka broker = EmbeddedKafka.start(folder.resolve("kafka"))) {
            Map<String, String> kafka = Map.of(
                    "application.id",
                    "large",
                    "bootstrap.servers",
                    broker.bootstrapServers(),
                    "state.dir",
                    folder.resolve("state").toString());
            try (TopicAdmin admin = new TopicAdmin(kafka, LONG)) {
                TopicPlan plan = TopicPlan.of(TOPICS, 1, Duration.ofDays(1), IMAGE_BYTES, 1 << 20, 0);
                assertThat(admin.create(plan, Optional.empty()))
                        .allSatisfy(status -> assertThat(status.differences()).isEmpty());
            }
            send(broker, value);

            refuse(broker);
            try (DeadLetterTopics letters =
                            new DeadLetterTopics(kafka, TOPICS.input(), TOPICS.deadLetters(), IMAGE_BYTES + 65536);
                    DeadLetterReader reader = letters.read(new DeadLetterFilter(Set.of(), null, null, null));
                    Replay replay = letters.replay()) {
                replay.replay(reader.next(), (letter, verdict) -> {});
            }

            assertThat(read(broker, TOPICS.input(), 2))
                    .allSatisfy(event -> assertThat(event.value()).isEqualTo(value));
        }
    }

    /** Runs a process until what is no event has become a dead letter. */
    private void refuse(EmbeddedKafka broker) throws Exception {
        Map<String, String> settings = new HashMap<>();
        settings.put("application.id", "large");
        settings.put("kafka.bootstrap.servers", broker.bootstrapServers());
        settings.put("kafka.state.dir", folder.resolve("state").toString());
        settings.put("registry.schema.registry.url", "mock://large");
        settings.put("models[0].name", "none");
        settings.put("models[0].path", "none");
        settings.put("limits.image-bytes", Integer.toString(IMAGE_BYTES));
        settings.put("audit.enabled", "false");
        settings.put("monitor.enabled", "false");
        settings.put("http.port", "0");
        DeviceProvider nothing = DeviceProvider.of(List.of(new ModelTable("cpu", List.of())), 100);
        try (HedgerowService service = new HedgerowService(ConfigReader.of(settings), "it", nothing)) {
            service.start();
            read(broker, TOPICS.deadLetters(), 1);
        }
    }

    private static void send(EmbeddedKafka broker, byte[] value) throws Exception {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "max.request.size", 2 * IMAGE_BYTES);
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(TOPICS.input(), 0, null, value)).get();
        }
    }

    private static List<ConsumerRecord<byte[], byte[]>> read(EmbeddedKafka broker, String topic, int count) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed");
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partition = List.of(new TopicPartition(topic, 0));
            consumer.assign(partition);
            consumer.seekToBeginning(partition);
            await().atMost(LONG).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
                return records.size() >= count;
            });
        }
        return records;
    }
}
