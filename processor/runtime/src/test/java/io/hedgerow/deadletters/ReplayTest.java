package io.hedgerow.deadletters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hedgerow.demo.EmbeddedKafka;
import io.hedgerow.event.ErrorHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {
    private static final int PARTITIONS = 2;
    private static final int EVENT_BYTES = 3_000_000;
    private static final DeadLetterFilter ALL = new DeadLetterFilter(Set.of(), null, null, null);

    @TempDir
    static Path folder;

    private static EmbeddedKafka broker;
    private static Producer<byte[], byte[]> gravedigger;

    private String events = "";
    private String deadLetters = "";

    @BeforeAll
    static void start() {
        broker = EmbeddedKafka.start(folder);
        gravedigger = new KafkaProducer<>(
                Map.<String, Object>of(
                        "bootstrap.servers", broker.bootstrapServers(), "max.request.size", 2 * EVENT_BYTES),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @AfterAll
    static void stop() {
        gravedigger.close();
        broker.close();
    }

    @BeforeEach
    void makeTopics(TestInfo test) {
        String name = test.getTestMethod().orElseThrow().getName();
        events = name + "-in";
        deadLetters = name + "-dlq";
        String bytes = Integer.toString(EVENT_BYTES);
        broker.createTopic(events, PARTITIONS, Map.of("max.message.bytes", bytes));
        broker.createTopic(deadLetters, PARTITIONS, Map.of("retention.ms", "-1", "max.message.bytes", bytes + "0"));
    }

    @Test
    void shouldSendBackWhatTheEventWas() {
        bury(1, 42, "malformed", record -> record.headers().add("own", new byte[] {0, (byte) 255}));

        replay(ALL);

        ConsumerRecord<byte[], byte[]> event = only(read(events));
        assertThat(event.partition()).isEqualTo(1);
        assertThat(event.key()).isEqualTo("key-42".getBytes(StandardCharsets.UTF_8));
        assertThat(event.value()).isEqualTo("value-42".getBytes(StandardCharsets.UTF_8));
        assertThat(event.headers().lastHeader("own").value()).containsExactly(0, 255);
        assertThat(names(event))
                .containsExactlyInAnyOrder(
                        "own",
                        "hedgerow.replay.topic",
                        "hedgerow.replay.partition",
                        "hedgerow.replay.offset",
                        "hedgerow.replay.timestamp");
        assertThat(header(event, "hedgerow.replay.topic")).isEqualTo(events);
        assertThat(header(event, "hedgerow.replay.partition")).isEqualTo("1");
        assertThat(header(event, "hedgerow.replay.offset")).isEqualTo("42");
        assertThat(header(event, "hedgerow.replay.timestamp")).isEqualTo("7042");
        assertThat(event.timestamp()).isGreaterThan(1_000_000);
    }

    @Test
    void shouldKeepTheFirstPositionOfWhatFailedAgain() {
        bury(0, 900, "malformed", record -> {
            record.headers().add("hedgerow.replay.topic", bytes("first"));
            record.headers().add("hedgerow.replay.partition", bytes("7"));
            record.headers().add("hedgerow.replay.offset", bytes("3"));
        });

        replay(ALL);

        assertThat(header(only(read(events)), "hedgerow.replay.offset")).isEqualTo("3");
        assertThat(header(only(read(events)), "hedgerow.replay.topic")).isEqualTo("first");
    }

    @Test
    void shouldLeaveWhatTheInputDoesNotTakeAndReplayTheRest() {
        bury(0, 1, "malformed", record -> record.headers().add("own", new byte[EVENT_BYTES - 800]));
        bury(0, 2, "malformed", record -> record.headers().add("own", new byte[EVENT_BYTES - 100]));
        bury(0, 3, "malformed", record -> {});

        assertThat(replay(ALL))
                .containsEntry(Replayability.Kind.REPLAYABLE, 2)
                .containsEntry(Replayability.Kind.UNREPLAYABLE, 1);
        assertThat(offsets(read(events))).hasSize(2);
    }

    @Test
    void shouldReplayNoneTwice() {
        for (int i = 0; i < 20; i++) {
            bury(i % PARTITIONS, i, i % 3 == 0 ? "bad_image" : "malformed", record -> {});
        }

        assertThat(replay(new DeadLetterFilter(Set.of("bad_image"), null, null, null)))
                .containsEntry(Replayability.Kind.REPLAYABLE, 7);
        assertThat(replay(new DeadLetterFilter(Set.of(), 0, null, new OffsetBound.Offset(5))))
                .containsEntry(Replayability.Kind.REPLAYABLE, 3)
                .containsEntry(Replayability.Kind.REPLAYED, 2);
        assertThat(replay(ALL))
                .containsEntry(Replayability.Kind.REPLAYABLE, 10)
                .containsEntry(Replayability.Kind.REPLAYED, 10);
        assertThat(replay(ALL)).containsOnly(Map.entry(Replayability.Kind.REPLAYED, 20));

        bury(0, 20, "malformed", record -> {});
        assertThat(replay(ALL)).containsEntry(Replayability.Kind.REPLAYABLE, 1);
        assertThat(offsets(read(events))).hasSize(21).doesNotHaveDuplicates();
    }

    @Test
    void shouldReplayNoneTwiceIfItDiesBeforeItCommits() {
        buryMany(30);
        replay(new DeadLetterFilter(Set.of(), null, null, new OffsetBound.Offset(5)));

        // What was sent is there, and nobody ever sees it.
        assertThatThrownBy(() -> replay(ALL, new FailingProducer(deadLetters, false)))
                .isInstanceOf(KafkaException.class)
                .hasMessageContaining("run it again");

        assertThat(replay(ALL)).containsEntry(Replayability.Kind.REPLAYABLE, 20);
        assertThat(offsets(read(events))).hasSize(30).doesNotHaveDuplicates();
    }

    @Test
    void shouldReplayNoneTwiceIfItDiesAfterItHasCommitted() {
        buryMany(30);

        assertThatThrownBy(() -> replay(ALL, new FailingProducer(deadLetters, true)))
                .isInstanceOf(KafkaException.class);

        assertThat(replay(ALL)).containsOnly(Map.entry(Replayability.Kind.REPLAYED, 30));
        assertThat(offsets(read(events))).hasSize(30).doesNotHaveDuplicates();
    }

    @Test
    void shouldEndAReplayWhenAnotherBegins() {
        buryMany(10);
        try (DeadLetterTopics topics = topics();
                DeadLetterReader reader = topics.read(ALL);
                Replay first = topics.replay();
                Replay second = topics.replay()) {
            List<DeadLetter> letters = reader.next();

            second.replay(letters, (letter, verdict) -> {});
            assertThatThrownBy(() -> first.replay(letters, (letter, verdict) -> {}))
                    .hasMessageContaining("another replay");
        }
        replay(ALL);
        assertThat(offsets(read(events))).hasSize(10).doesNotHaveDuplicates();
    }

    @Test
    void shouldSayWhatCannotBeReplayedAndNotMarkIt() {
        bury(0, 0, "malformed", record -> {});
        bury(0, 1, "malformed", record -> record.headers().add(ErrorHeaders.HEADERS_DROPPED, bytes("70")));
        bury(0, 2, "malformed", record -> record.headers()
                .remove(ErrorHeaders.TOPIC)
                .add(ErrorHeaders.TOPIC, bytes("elsewhere")));
        bury(0, 3, "malformed", record -> record.headers()
                .remove(ErrorHeaders.PARTITION)
                .add(ErrorHeaders.PARTITION, bytes("9")));
        bury(0, 4, "malformed", record -> {});
        send(new ProducerRecord<>(deadLetters, 0, bytes("k"), bytes("not a dead letter")));

        for (int run = 0; run < 2; run++) {
            List<String> details = new ArrayList<>();
            try (DeadLetterTopics topics = topics();
                    DeadLetterReader reader = topics.read(ALL);
                    Replay replay = topics.replay()) {
                for (var letters = reader.next(); !letters.isEmpty(); letters = reader.next()) {
                    replay.replay(letters, (letter, verdict) -> details.add(verdict.detail()));
                }
            }
            assertThat(details).hasSize(6);
            assertThat(details.get(0)).isEmpty();
            assertThat(details.get(1)).contains("70 headers");
            assertThat(details.get(2)).contains("does not come from topic " + events);
            assertThat(details.get(3)).contains("which partition");
            assertThat(details.get(4)).isEmpty();
            assertThat(details.get(5)).contains("does not come from");
        }
        assertThat(offsets(read(events))).containsExactly(0L, 4L);
    }

    @Test
    void shouldFindLettersByTime() {
        buryMany(20);

        DeadLetterFilter selection = new DeadLetterFilter(
                Set.of(),
                null,
                new OffsetBound.Time(Instant.ofEpochMilli(7006)),
                new OffsetBound.Time(Instant.ofEpochMilli(7011)));

        assertThat(replay(selection)).containsOnly(Map.entry(Replayability.Kind.REPLAYABLE, 5));
        assertThat(new TreeSet<>(offsets(read(events)))).containsExactly(6L, 7L, 8L, 9L, 10L);
    }

    @Test
    void shouldRefuseMarksThatWouldBeForgotten() {
        broker.createTopic(deadLetters + "-replays", 1, Map.of("cleanup.policy", "delete"));

        assertThatThrownBy(() -> replay(ALL)).hasMessageContaining("set it to compact");
    }

    /** A process that is gone: before the broker hears of the commit, or before we hear of it. */
    private static final class FailingProducer extends KafkaProducer<byte[], byte[]> {
        private final boolean committed;

        FailingProducer(String deadLetters, boolean committed) {
            super(
                    Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", deadLetters + "-replay"),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
            this.committed = committed;
        }

        @Override
        public void commitTransaction() {
            flush();
            if (committed) {
                super.commitTransaction();
            }
            throw new KafkaException("gone");
        }

        @Override
        public void close() {
            // As a process that is gone does: the transaction stays open.
            super.close(Duration.ZERO);
        }
    }

    private void buryMany(int count) {
        for (int i = 0; i < count; i++) {
            bury(i % PARTITIONS, i, "malformed", record -> {});
        }
    }

    private void bury(int partition, long offset, String reason, Consumer<ProducerRecord<byte[], byte[]>> change) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                deadLetters, partition, 7000 + offset, bytes("key-" + offset), bytes("value-" + offset));
        record.headers().add(ErrorHeaders.EXCEPTION, bytes("Some"));
        record.headers().add(ErrorHeaders.MESSAGE, bytes("wrong"));
        record.headers().add(ErrorHeaders.TOPIC, bytes(events));
        record.headers().add(ErrorHeaders.PARTITION, bytes(Integer.toString(partition)));
        record.headers().add(ErrorHeaders.OFFSET, bytes(Long.toString(offset)));
        record.headers().add(ErrorHeaders.REASON, bytes(reason));
        change.accept(record);
        send(record);
    }

    private static void send(ProducerRecord<byte[], byte[]> record) {
        var unused = gravedigger.send(record);
        gravedigger.flush();
    }

    private Map<Replayability.Kind, Integer> replay(DeadLetterFilter selection) {
        return replay(selection, null);
    }

    private Map<Replayability.Kind, Integer> replay(DeadLetterFilter selection, Producer<byte[], byte[]> producer) {
        Map<Replayability.Kind, Integer> counts = new EnumMap<>(Replayability.Kind.class);
        try (DeadLetterTopics topics = topics();
                DeadLetterReader reader = topics.read(selection);
                Replay replay = producer == null ? topics.replay() : topics.replay(producer)) {
            for (var letters = reader.next(); !letters.isEmpty(); letters = reader.next()) {
                replay.replay(letters, (letter, verdict) -> counts.merge(verdict.kind(), 1, Integer::sum));
            }
            assertThat(reader.left()).isZero();
        }
        return counts;
    }

    private DeadLetterTopics topics() {
        Map<String, String> kafka =
                Map.of("application.id", "replay-test", "bootstrap.servers", broker.bootstrapServers());
        return new DeadLetterTopics(kafka, events, deadLetters, EVENT_BYTES);
    }

    private static List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        Map<String, Object> settings =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed");
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = List.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }

    /** Of the events when they first came. */
    private static List<Long> offsets(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream()
                .map(record -> Long.parseLong(header(record, "hedgerow.replay.offset")))
                .toList();
    }

    private static List<String> names(ConsumerRecord<byte[], byte[]> record) {
        List<String> names = new ArrayList<>();
        record.headers().forEach(header -> names.add(header.key()));
        return names;
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static ConsumerRecord<byte[], byte[]> only(List<ConsumerRecord<byte[], byte[]>> records) {
        assertThat(records).hasSize(1);
        return records.get(0);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
