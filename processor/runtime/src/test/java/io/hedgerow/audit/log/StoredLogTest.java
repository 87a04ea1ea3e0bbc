package io.hedgerow.audit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hedgerow.AuditCheckpoint;
import io.hedgerow.AuditEntry;
import io.hedgerow.audit.LogException;
import io.hedgerow.audit.note.Checkpoint;
import io.hedgerow.audit.tree.TreeHasher;
import io.hedgerow.demo.EmbeddedKafka;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a log stands is read from its topics when its state is lost. */
class StoredLogTest {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @TempDir
    private static Path folder;

    private static EmbeddedKafka broker;

    private final Random random = new Random(7);
    private final TestLog log = new TestLog("cluster/app/in/0");
    private LogTopics topics;

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
        topics = new LogTopics(broker, "stored-" + NUMBER.incrementAndGet());
    }

    @AfterEach
    void closeTopics() {
        topics.close();
    }

    @Test
    void shouldBeginWhereThereIsNothing() {
        assertThat(topics.log().read(0).size()).isZero();
    }

    @Test
    void shouldGoOnFromAllEntriesThatWereCommitted() throws Exception {
        topics.write(append(3));
        topics.abort(List.of(log.next(random), log.next(random)));
        topics.write(append(4));
        topics.abort(List.of(log.next(random)));

        assertStands(topics.log().read(0), 7);
    }

    @Test
    void shouldGoOnFromTheLastCheckpointAndTheEntriesAfterIt() throws Exception {
        long sealed = topics.write(append(5));
        topics.write(seal(sealed));
        topics.abort(List.of(log.next(random)));
        topics.write(append(2));

        assertStands(topics.log().read(0), 7);
    }

    @Test
    void shouldGoOnThoughAllBeforeTheLastCheckpointHasExpired() throws Exception {
        long sealed = topics.write(append(5));
        topics.write(seal(sealed));
        topics.write(append(2));
        topics.expire(sealed);

        assertStands(topics.log().read(0), 7);
    }

    @Test
    void shouldNotBeginAgainWhereEntriesAreMissing() throws Exception {
        topics.write(append(5));
        topics.expire(5);

        assertThatThrownBy(() -> topics.log().read(0))
                .isInstanceOf(LogException.class)
                .hasMessageContaining("no checkpoint says where the log stands");
    }

    @Test
    void shouldNotGoOnWhereWhatTheLastCheckpointEndsWithIsMissing() throws Exception {
        long sealed = topics.write(append(5));
        topics.write(seal(sealed));
        topics.write(append(2));
        topics.expire(sealed + 1);

        assertThatThrownBy(() -> topics.log().read(0))
                .isInstanceOf(LogException.class)
                .hasMessageContaining("with which the last checkpoint ends, is gone");
    }

    @Test
    void shouldNotGoOnFromATopicThatLies() throws Exception {
        topics.write(append(3));
        topics.write(List.of(TestLog.bytes(3, "00".repeat(32), 2L, random)));

        assertThatThrownBy(() -> topics.log().read(0))
                .isInstanceOf(LogException.class)
                .hasMessageContaining("is no continuation of the log");
    }

    @Test
    void shouldNotGoOnFromACheckpointThatLies() throws Exception {
        long sealed = topics.write(append(5));
        AuditCheckpoint checkpoint = seal(sealed);
        topics.write(new AuditCheckpoint(
                checkpoint.getNote(), List.of("00".repeat(32), "11".repeat(32)), checkpoint.getLastOffset()));

        assertThatThrownBy(() -> topics.log().read(0))
                .isInstanceOf(LogException.class)
                .hasMessageContaining("contradicts itself");
    }

    @Test
    void shouldNotGoOnFromAnEntryThatIsNotTheOneSealedLast() throws Exception {
        topics.write(append(5));
        topics.write(seal(2));

        assertThatThrownBy(() -> topics.log().read(0))
                .isInstanceOf(LogException.class)
                .hasMessageContaining("the entry at offset 2, which has index 2");
    }

    private List<byte[]> append(int count) {
        int before = log.stored.size();
        for (int i = 0; i < count; i++) {
            log.append(random);
        }
        return log.stored.subList(before, before + count);
    }

    private AuditCheckpoint seal(long lastOffset) {
        log.seal();
        AuditCheckpoint sealed = log.checkpoints.get(log.checkpoints.size() - 1);
        return new AuditCheckpoint(sealed.getNote(), sealed.getRange(), lastOffset);
    }

    /** What comes next must be the same as in a log whose state was never lost. */
    private void assertStands(LogState state, long size) {
        AuditEntry next = TestLog.SERDE.deserializer().deserialize(TestLog.TOPIC, log.next(random));
        assertThat(state.size()).isEqualTo(size).isEqualTo(next.getIndex());
        assertThat(state.lastLeaf()).isEqualTo(next.getPreviousLeaf());
        assertThat(state.lastOffset()).isEqualTo(next.getPreviousOffset());
        log.seal();
        assertThat(Checkpoint.parseUnverified(
                                log.checkpoints.get(log.checkpoints.size() - 1).getNote())
                        .root())
                .isEqualTo(state.range().root(new TreeHasher()));
    }
}
