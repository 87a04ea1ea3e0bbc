package io.hedgerow.bench;

import io.hedgerow.Agreement;
import io.hedgerow.AuditCheckpoint;
import io.hedgerow.AuditEntry;
import io.hedgerow.AuditStatus;
import io.hedgerow.AuditedExplanation;
import io.hedgerow.AuditedMap;
import io.hedgerow.AuditedModel;
import io.hedgerow.Method;
import io.hedgerow.Precision;
import io.hedgerow.Prediction;
import io.hedgerow.RecordInput;
import io.hedgerow.audit.log.CheckpointSequence;
import io.hedgerow.audit.log.LogSealer;
import io.hedgerow.audit.log.LogSource;
import io.hedgerow.audit.log.LogState;
import io.hedgerow.audit.note.SigningKey;
import io.hedgerow.audit.note.VerifierKey;
import io.hedgerow.audit.tree.CompactRange;
import io.hedgerow.audit.tree.TreeHasher;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Serializer;

/**
 * A log of made-up entries to measure with, each as long as that of an explanation is; signed with a key of its own. It is made
 * anew each time it is read, and needs no room. Single-threaded.
 */
public final class MadeUpLog implements LogSource {
    private static final Instant BEGIN = Instant.ofEpochSecond(1_750_000_000L);
    private static final String TOPIC = "explanations-audit";

    private final int size;
    private final int every;
    private final Serializer<AuditEntry> serializer;
    private final SigningKey key = SigningKey.generate("hedgerow.bench");

    /**
     * Takes what to make.
     *
     * @param size number of entries
     * @param every entries after which there is a checkpoint; the last one has one too
     */
    public MadeUpLog(int size, int every, Serializer<AuditEntry> serializer) {
        this.size = size;
        this.every = every;
        this.serializer = serializer;
    }

    /** Signs its checkpoints. */
    public VerifierKey key() {
        return key.verifier();
    }

    @Override
    public String origin() {
        return "bench/hedgerow/prediction-events/0";
    }

    @Override
    public String topic() {
        return TOPIC + "-0";
    }

    @Override
    public void checkpoints(CheckpointSequence line) {
        List<AuditCheckpoint> sealed = new ArrayList<>();
        LogSealer seal = new LogSealer(origin(), key, null);
        each((entry, bytes, offset) -> {
            seal.add(new ConsumerRecord<>(TOPIC, 0, offset, null, bytes), entry, 0);
            if (seal.unsealed() == every || offset == size - 1) {
                sealed.add(seal.seal());
            }
        });
        sealed.forEach(checkpoint -> line.add("memory", checkpoint));
    }

    @Override
    public CompactRange start(List<AuditCheckpoint> checkpoints) {
        return new CompactRange();
    }

    @Override
    public void entries(Entries entries) {
        each((entry, bytes, offset) -> entries.add(offset, bytes));
    }

    private interface Sink {
        void take(AuditEntry entry, byte[] bytes, long offset);
    }

    private void each(Sink sink) {
        LogState log = new LogState();
        TreeHasher hasher = new TreeHasher();
        for (long offset = 0; offset < size; offset++) {
            AuditEntry entry = entry(log, offset, hasher);
            byte[] bytes = serializer.serialize(TOPIC, entry);
            log.append(bytes, offset, hasher);
            sink.take(entry, bytes, offset);
        }
    }

    private static AuditEntry entry(LogState log, long offset, TreeHasher hasher) {
        AuditEntry entry = new AuditEntry();
        String digest = HexFormat.of()
                .formatHex(hasher.leaf(
                        ByteBuffer.allocate(Long.BYTES).putLong(offset).array()));
        entry.setIndex(log.size());
        entry.setPreviousLeaf(log.lastLeaf());
        entry.setRecordedAt(BEGIN.plusMillis(10 * offset));
        entry.setInputs(List.of(new RecordInput("prediction-events", 0, offset)));
        entry.setPreviousOffset(log.lastOffset());
        entry.setStatus(AuditStatus.EXPLAINED);
        entry.setReason("");
        entry.setEventId("part-" + offset);
        entry.setEventTime(BEGIN.plusMillis(10 * offset - 40));
        entry.setSource("line-1/camera-1");
        entry.setModel(new AuditedModel("surface", "1", digest));
        entry.setImageSha256(digest);
        entry.setLogged(new Prediction(1, "scratch", 0.75f));
        entry.setReplayed(new Prediction(1, "scratch", 0.75f));
        entry.setScoreDifference(0f);
        entry.setAgreement(Agreement.AGREES);
        entry.setMethod(new Method("bench", "1", 2f, "input", Precision.FLOAT32, Map.of()));
        entry.setExplanation(new AuditedExplanation(digest, 12_000, List.of(new AuditedMap(1, 96, 96, 0.75f, digest))));
        entry.setDevice("cpu");
        entry.setSoftwareVersion("0");
        return entry;
    }
}
