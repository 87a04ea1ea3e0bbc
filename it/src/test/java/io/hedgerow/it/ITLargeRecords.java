package io.hedgerow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hedgerow.Explanation;
import io.hedgerow.PredictionEvent;
import io.hedgerow.deadletters.DeadLetterFilter;
import io.hedgerow.deadletters.DeadLetterReader;
import io.hedgerow.deadletters.DeadLetterTopics;
import io.hedgerow.deadletters.Replay;
import io.hedgerow.demo.EmbeddedKafka;
import io.hedgerow.image.ImageDecoder;
import io.hedgerow.models.ModelTable;
import io.hedgerow.serde.RegistrySerde;
import io.hedgerow.stream.ExplainSettings;
import io.hedgerow.stream.HedgerowTopology;
import io.hedgerow.stream.ReadAheadPlan;
import io.hedgerow.stream.TopologyConnection;
import io.hedgerow.stream.TopologySettings;
import io.hedgerow.topics.RecordLimits;
import io.hedgerow.topics.TopicAdmin;
import io.hedgerow.topics.TopicCheck;
import io.hedgerow.topics.TopicPlan;
import io.hedgerow.topics.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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

            refuse(kafka, broker);
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

    /** Runs the topology until what is no event has become a dead letter. */
    private static void refuse(Map<String, String> kafka, EmbeddedKafka broker) {
        Map<String, Object> registry = Map.of("schema.registry.url", "mock://large");
        RecordLimits wanted = RecordLimits.forImages(IMAGE_BYTES, 1 << 20);
        try (TopicCheck check = new TopicCheck(kafka, LONG);
                var events = RegistrySerde.of(PredictionEvent.class, registry);
                var explanations = RegistrySerde.of(Explanation.class, registry);
                HedgerowTopology topology = new HedgerowTopology(
                        new TopologySettings(TOPICS, check.fit(TOPICS, wanted), ExplainSettings.DEFAULT, "it"),
                        List.of(new ModelTable("cpu", List.of())),
                        new ImageDecoder(),
                        events.deserializer(),
                        explanations.serializer(),
                        new SimpleMeterRegistry());
                var streams = TopologyConnection.of(topology, kafka, ReadAheadPlan.derive(1, 1, 100, 256 << 20))) {
            streams.start();
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
