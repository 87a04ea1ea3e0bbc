package io.hedgerow.audit.log;

import io.hedgerow.AuditCheckpoint;
import io.hedgerow.AuditEntry;
import io.hedgerow.AuditStatus;
import io.hedgerow.RecordInput;
import io.hedgerow.audit.note.Checkpoint;
import io.hedgerow.audit.note.SigningKey;
import io.hedgerow.audit.tree.CompactRange;
import io.hedgerow.audit.tree.TreeHasher;
import io.hedgerow.audit.verify.LogReport;
import io.hedgerow.audit.verify.TrailVerifier;
import io.hedgerow.serde.RegistrySerde;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** A log in memory, sealed by the code that seals logs in topics; tests alter what is stored. */
public final class TestLog implements LogSource {
    public static final RegistrySerde<AuditEntry> SERDE =
            RegistrySerde.of(AuditEntry.class, Map.of("schema.registry.url", "mock://test-log"));
    public static final SigningKey KEY = SigningKey.generate("test.example/log");
    public static final String TOPIC = "explanations-audit";

    public final List<byte[]> stored = new ArrayList<>();
    public final List<AuditCheckpoint> checkpoints = new ArrayList<>();
    CompactRange start = new CompactRange();
    private final String origin;
    private final LogState state = new LogState();
    private final TreeHasher hasher = new TreeHasher();
    private final LogSealer seal;

    public TestLog(String origin) {
        this.origin = origin;
        this.seal = new LogSealer(origin, KEY, null);
    }

    /** A log of {@code size} random entries with checkpoints at some sizes, the last one among {@code sealed}. */
    public static TestLog random(Random random, int size, int... sealed) {
        TestLog log = new TestLog("cluster/app/in/" + random.nextInt(100));
        for (int i = 0; i < size; i++) {
            log.append(random);
            for (int at : sealed) {
                if (at == i + 1) {
                    log.seal();
                }
            }
        }
        return log;
    }

    /** The entry that would come next. */
    byte[] next(Random random) {
        Long last = state.lastOffset();
        return bytes(state.size(), state.lastLeaf(), last, random);
    }

    static byte[] bytes(long index, String previousLeaf, Long previousOffset, Random random) {
        AuditEntry entry = new AuditEntry();
        entry.setIndex(index);
        entry.setPreviousLeaf(previousLeaf);
        entry.setRecordedAt(Instant.ofEpochMilli(1_700_000_000_000L + random.nextInt(1000)));
        entry.setInputs(List.of(new RecordInput("in", 0, previousOffset == null ? 0 : previousOffset + 1)));
        entry.setPreviousOffset(previousOffset);
        entry.setStatus(AuditStatus.FAILED);
        entry.setReason("malformed");
        entry.setEventId("event-" + random.nextLong());
        entry.setDevice("");
        entry.setSoftwareVersion("test");
        return SERDE.serializer().serialize(TOPIC, entry);
    }

    /** Appends what became of an event, a second after the entry before. */
    public void append(int partition, String event, AuditStatus status) {
        Long last = state.lastOffset();
        AuditEntry entry = SERDE.deserializer().deserialize(TOPIC, next(new Random(1)));
        entry.setRecordedAt(Instant.ofEpochSecond(1_700_000_000L + stored.size()));
        entry.setInputs(List.of(new RecordInput("in", partition, last == null ? 0 : last + 1)));
        entry.setStatus(status);
        entry.setReason(status == AuditStatus.FAILED ? "unknown_model" : "");
        entry.setEventId(event);
        entry.setSource("line-2");
        append(SERDE.serializer().serialize(TOPIC, entry));
    }

    public void append(Random random) {
        append(next(random));
    }

    public void append(byte[] entry) {
        AuditEntry decoded = SERDE.deserializer().deserialize(TOPIC, entry);
        state.append(entry, decoded.getInputs().get(0).getOffset(), hasher);
        seal.add(new ConsumerRecord<>(TOPIC, 0, stored.size(), null, entry), decoded, 0);
        stored.add(entry);
    }

    public void seal() {
        checkpoints.add(seal.seal());
    }

    long lastSealed() {
        return Checkpoint.parseUnverified(
                        checkpoints.get(checkpoints.size() - 1).getNote())
                .size();
    }

    /** What a verifier says, which holds {@code held} itself. */
    LogReport verify(String... held) {
        return verify(SERDE.deserializer(), held);
    }

    LogReport verify(Deserializer<AuditEntry> deserializer, String... held) {
        List<Problem> problems = new ArrayList<>();
        TrailVerifier verifier = new TrailVerifier(KEY.verifier(), List.of(held), 0.01f, deserializer);
        return verifier.verify(this, verifier.account(this, true, problems), problems, count -> {});
    }

    @Override
    public String origin() {
        return origin;
    }

    @Override
    public String topic() {
        return TOPIC + "-0";
    }

    @Override
    public void checkpoints(CheckpointSequence line) {
        for (int i = 0; i < checkpoints.size(); i++) {
            line.add("offset " + i, checkpoints.get(i));
        }
    }

    @Override
    public CompactRange start(List<AuditCheckpoint> good) {
        return start;
    }

    @Override
    public void entries(Entries entries) {
        for (int i = 0; i < stored.size(); i++) {
            entries.add(i, stored.get(i));
        }
    }
}
