package io.hedgerow.audit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hedgerow.AuditCheckpoint;
import io.hedgerow.audit.note.Checkpoint;
import io.hedgerow.audit.note.LogOrigin;
import io.hedgerow.demo.EmbeddedKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens to signers: one line of checkpoints, each of what was committed. */
class CheckpointSignerTest {
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Serializer<AuditCheckpoint> WRITER = LogTopics.CHECKPOINTS.serializer();

    @TempDir
    private static Path folder;

    private static EmbeddedKafka broker;

    private final Random random = new Random(11);
    private final String application = "signer-" + NUMBER.incrementAndGet();
    private LogTopics topics;
    private LogOrigin origin;
    private TestLog log;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedKafka.start(folder);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void makeTopics() throws Exception {
        topics = new LogTopics(broker, application);
        origin = new LogOrigin(topics.reader.cluster(), application, "in");
        log = new TestLog(origin.of(0));
    }

    @AfterEach
    void closeTopics() {
        topics.close();
    }

    @Test
    void shouldSignWhatIsCommittedAndNothingElse() throws Exception {
        topics.abort(List.of(log.next(random)));
        topics.write(append(5));
        topics.abort(List.of(log.next(random), log.next(random)));
        topics.write(append(4));
        try (CheckpointSigner signer = signer(2, WRITER)) {
            await().atMost(LONG).until(() -> sealed() >= 8);
        }

        // The odd one is sealed on closing.
        assertThat(sizes()).containsExactly(2L, 4L, 6L, 8L, 9L);
        assertOneLine();
    }

    @Test
    void shouldSignOneLineThoughSignersFailAmidTheirTransactionsAndTakeTurns() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        Serializer<AuditCheckpoint> failing = (topic, checkpoint) -> {
            // Three at most in one transaction: some get through.
            if (calls.incrementAndGet() % 4 == 2) {
                throw new IllegalStateException("a fault on purpose");
            }
            return WRITER.serialize(topic, checkpoint);
        };
        for (int round = 0; round < 3; round++) {
            topics.write(append(7));
            long wanted = log.stored.size();
            try (CheckpointSigner first = signer(4, failing);
                    CheckpointSigner second = signer(4, failing)) {
                topics.write(append(5));
                await().atMost(LONG).until(() -> sealed() >= wanted);
            }
        }
        try (CheckpointSigner last = signer(1, WRITER)) {
            await().atMost(LONG).until(() -> sealed() == log.stored.size());
        }

        assertThat(calls).hasValueGreaterThan(6);
        assertOneLine();
    }

    @Test
    void shouldRefuseWhatASignerThatWasGivenUpStillHasInHand() throws Exception {
        CountDownLatch hangs = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        Serializer<AuditCheckpoint> hanging = (topic, checkpoint) -> {
            if (calls.incrementAndGet() == 2) {
                hangs.countDown();
                try {
                    goesOn.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return WRITER.serialize(topic, checkpoint);
        };
        topics.write(append(6));
        List<Throwable> refused = new ArrayList<>();
        SigningSession zombie = session(2, hanging);
        Thread thread = new Thread(() -> {
            try (zombie) {
                zombie.run(() -> false);
            } catch (RuntimeException e) {
                refused.add(e);
            }
        });
        thread.start();
        hangs.await();
        try (CheckpointSigner heir = signer(5, WRITER)) {
            await().atMost(LONG).until(() -> sealed() >= 5);
            goesOn.countDown();
            thread.join(LONG.toMillis());
        }

        assertThat(refused).hasSize(1);
        assertThat(sizes()).containsExactly(5L, 6L);
        assertOneLine();
    }

    @Test
    void shouldSignNothingMoreOfALogThatLies() throws Exception {
        topics.write(append(4));
        try (CheckpointSigner signer = signer(2, WRITER)) {
            await().atMost(LONG).until(() -> sealed() >= 4);
        }
        byte[] again = log.stored.get(3);
        topics.write(List.of(again));
        topics.write(append(4));
        runToTheEnd();

        assertThat(sizes()).containsExactly(2L, 4L);
        assertOneLine();
    }

    @Test
    void shouldSignNothingAfterACheckpointOfAnotherLog() throws Exception {
        TestLog other = new TestLog(origin.of(1));
        other.append(random);
        other.seal();
        topics.write(other.checkpoints.get(0));
        topics.write(append(4));
        runToTheEnd();

        assertThat(topics.signed()).containsExactly(other.checkpoints.get(0));
    }

    /** As much as a session has to say. */
    private void runToTheEnd() {
        int[] looks = {0};
        try (SigningSession session = session(1, WRITER)) {
            session.run(() -> looks[0]++ > 50);
        }
    }

    private List<byte[]> append(int count) {
        int before = log.stored.size();
        for (int i = 0; i < count; i++) {
            log.append(random);
            log.seal();
        }
        return log.stored.subList(before, before + count);
    }

    private CheckpointSigner signer(int every, Serializer<AuditCheckpoint> writer) {
        return new CheckpointSigner(() -> session(every, writer), Duration.ofSeconds(60));
    }

    private SigningSession session(int every, Serializer<AuditCheckpoint> writer) {
        Map<String, Object> consumer = new HashMap<>(topics.kafka());
        // soon enough that a test can wait for it
        consumer.put("max.poll.interval.ms", 5000);
        consumer.put("session.timeout.ms", 5000);
        return new SigningSession(
                TestLog.KEY,
                new SigningSession.Plan(origin, topics.entries, topics.checkpoints, every, Duration.ofHours(1)),
                topics.checkpointTopic,
                TestLog.SERDE.deserializer(),
                writer,
                consumer,
                topics.kafka());
    }

    private long sealed() {
        AuditCheckpoint last = topics.checkpointTopic.last(0);
        return last == null
                ? 0
                : Checkpoint.open(last.getNote(), TestLog.KEY.verifier()).size();
    }

    private List<Long> sizes() {
        return topics.signed().stream()
                .map(checkpoint -> Checkpoint.open(checkpoint.getNote(), TestLog.KEY.verifier())
                        .size())
                .toList();
    }

    /** Sizes grow, and each root is that of the log as it was at that size. */
    private void assertOneLine() {
        List<Checkpoint> roots = log.checkpoints.stream()
                .map(checkpoint -> Checkpoint.parseUnverified(checkpoint.getNote()))
                .toList();
        assertThat(sizes()).isSorted().doesNotHaveDuplicates().isNotEmpty();
        assertThat(topics.signed()).allSatisfy(signed -> {
            Checkpoint checkpoint = Checkpoint.open(signed.getNote(), TestLog.KEY.verifier());
            assertThat(checkpoint).isEqualTo(roots.get((int) checkpoint.size() - 1));
        });
    }
}
