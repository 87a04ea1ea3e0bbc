package io.hedgerow.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.Agreement;
import io.hedgerow.AuditEntry;
import io.hedgerow.AuditStatus;
import io.hedgerow.Prediction;
import io.hedgerow.PredictionEvent;
import io.hedgerow.RecordInput;
import io.hedgerow.audit.log.LogState;
import io.hedgerow.audit.tree.TreeHasher;
import io.hedgerow.digest.Sha256;
import io.hedgerow.topics.RecordLimits;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuditTrailTest {
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final AuditRig rig = opened(new AuditRig());

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable resource : opened) {
            resource.close();
        }
    }

    @Test
    void shouldAccountForAnExplanation() {
        PredictionEvent event = Events.event("e1");
        event.setPredictions(List.of(Events.prediction(2, 18.1f)));
        rig.send("part-7", event);

        TestRecord<byte[], byte[]> record = only(rig.entryRecords());
        AuditEntry entry = rig.entry(record);
        byte[] stored = only(rig.explanationBytes()).value();
        var explanation = rig.explanation(stored);
        assertThat(record.key()).isNull();
        assertThat(record.headers()).isEmpty();
        assertThat(entry.getStatus()).isEqualTo(AuditStatus.EXPLAINED);
        assertThat(entry.getReason()).isEmpty();
        assertThat(entry.getEventId()).isEqualTo("e1");
        assertThat(entry.getEventTime()).isEqualTo(event.getTime());
        assertThat(entry.getSource()).isEqualTo("camera-1");
        assertThat(entry.getModel().getName()).isEqualTo(Events.MODEL);
        assertThat(entry.getModel().getSha256())
                .isEqualTo(explanation.getModel().getSha256());
        assertThat(entry.getImageSha256()).isEqualTo(explanation.getImage().getSha256());
        assertThat(entry.getLogged()).isEqualTo(new Prediction(2, "", 18.1f));
        assertThat(entry.getReplayed()).isEqualTo(explanation.getPrediction().getReplayed());
        assertThat(entry.getScoreDifference())
                .isEqualTo(explanation.getPrediction().getScoreDifference());
        assertThat(entry.getAgreement()).isEqualTo(Agreement.AGREES);
        assertThat(entry.getMethod()).isEqualTo(explanation.getMethod());
        assertThat(entry.getDevice()).isEqualTo("simulated:0");
        assertThat(entry.getSoftwareVersion()).isEqualTo("test");
        assertThat(entry.getInputs()).containsExactly(new RecordInput("prediction-events", 0, 0L));
        assertThat(entry.getPreviousOffset()).isNull();
        assertThat(entry.getExplanation().getSha256()).isEqualTo(Sha256.hex(stored));
        assertThat(entry.getExplanation().getBytes()).isEqualTo(stored.length);
        var map = only(explanation.getClasses()).getMap();
        var audited = only(entry.getExplanation().getMaps());
        assertThat(audited.getSha256()).isEqualTo(Sha256.hex(map.getValues()));
        assertThat(audited.getHeight() * audited.getWidth())
                .isEqualTo(map.getValues().remaining());
        assertThat(audited.getSum())
                .isEqualTo(only(explanation.getClasses()).getStatistics().getSum());
    }

    @Test
    void shouldChainOneEntryForEachRecordWhateverBecameOfIt() {
        rig.send("k", Events.event("a"));
        rig.send("k", (byte[]) null);
        rig.send("k", new byte[] {9, 9, 9});
        PredictionEvent unknown = Events.event("b");
        unknown.getModel().setName("nobody");
        rig.send("k", unknown);
        PredictionEvent image = Events.event("c");
        image.setImage(Events.tensor(2, Float.NaN));
        rig.send("k", image);
        rig.send("k", Events.event("d"));

        List<TestRecord<byte[], byte[]>> records = rig.entryRecords();
        List<AuditEntry> entries = records.stream().map(rig::entry).toList();
        assertThat(entries)
                .extracting(AuditEntry::getReason)
                .containsExactly("", "null_value", "malformed", "unknown_model", "bad_tensor", "");
        assertThat(entries).extracting(AuditEntry::getIndex).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
        assertThat(entries).extracting(AuditEntry::getEventId).containsExactly("a", null, null, "b", "c", "d");
        assertThat(entries).extracting(AuditEntry::getPreviousOffset).containsExactly(null, 0L, 1L, 2L, 3L, 4L);
        assertThat(entries.get(3).getModel().getSha256()).isNull();
        assertThat(entries.get(3).getImageSha256()).hasSize(64);
        assertThat(entries.get(4).getModel().getSha256()).hasSize(64);
        assertThat(entries.get(0).getPreviousLeaf()).isEmpty();
        TreeHasher hasher = new TreeHasher();
        for (int i = 1; i < entries.size(); i++) {
            byte[] leaf = hasher.leaf(records.get(i - 1).value());
            assertThat(entries.get(i).getPreviousLeaf())
                    .isEqualTo(HexFormat.of().formatHex(leaf));
        }
    }

    @Test
    void shouldAccountForWhatSamplingLeftOut() {
        AuditRig none = opened(new AuditRig(AuditRig.settings(RecordLimits.DEFAULT, 0)));
        none.send("k", Events.event("e"));

        AuditEntry entry = none.entry(only(none.entryRecords()));
        assertThat(entry.getStatus()).isEqualTo(AuditStatus.SAMPLED_OUT);
        assertThat(entry.getEventId()).isEqualTo("e");
        assertThat(entry.getImageSha256()).hasSize(64);
        assertThat(entry.getExplanation()).isNull();
        assertThat(none.explanationBytes()).isEmpty();
    }

    @Test
    void shouldSayWhichEventTheDeviceFailedOn() {
        var failing = new AnsweringModel(
                request -> CompletableFuture.failedFuture(new IllegalStateException("no such kernel")));
        AuditRig rig = opened(new AuditRig(AuditRig.settings(), failing));
        rig.send("k", Events.event("e"));

        AuditEntry entry = rig.entry(only(rig.entryRecords()));
        assertThat(entry.getStatus()).isEqualTo(AuditStatus.FAILED);
        assertThat(entry.getReason()).isEqualTo("not_explainable");
        assertThat(entry.getEventId()).isEqualTo("e");
        assertThat(entry.getModel().getSha256()).isEqualTo(failing.sha256());
    }

    @Test
    void shouldSayWhichEventMakesTooLargeARecord() {
        AuditRig rig = opened(new AuditRig(AuditRig.settings(RecordLimits.of(300), 1)));
        rig.send("k", Events.event("e"));

        AuditEntry entry = rig.entry(only(rig.entryRecords()));
        assertThat(entry.getReason()).isEqualTo("too_large");
        assertThat(entry.getEventId()).isEqualTo("e");
    }

    @Test
    void shouldShortenWhatAnEventCallsItself() {
        PredictionEvent event = Events.event("i".repeat(100_000));
        event.setSource("s".repeat(100_000));
        event.setPredictions(List.of(new Prediction(1, "l".repeat(100_000), 1f)));
        rig.send("k", event);

        TestRecord<byte[], byte[]> record = only(rig.entryRecords());
        assertThat(record.value()).hasSizeLessThan(4000);
        assertThat(rig.entry(record).getEventId())
                .startsWith("iii")
                .endsWith("sha256:" + Sha256.hex("i".repeat(100_000).getBytes(UTF_8)));
    }

    @Test
    void shouldKeepTheLogsStateInAStore() {
        rig.send("k", Events.event("a"));
        rig.send("k", (byte[]) null);

        LogState state = LogState.parse(rig.storedState());
        LogState expected = new LogState();
        TreeHasher hasher = new TreeHasher();
        List<TestRecord<byte[], byte[]>> records = rig.entryRecords();
        expected.append(records.get(0).value(), 0, hasher);
        expected.append(records.get(1).value(), 1, hasher);
        assertThat(state.toBytes()).isEqualTo(expected.toBytes());
    }

    @Test
    void shouldKeepNoAccountUnlessATopicIsNamed() {
        try (TopologyRig plain = new TopologyRig()) {
            plain.send("k", Events.event("e"));
            assertThat(plain.explanations()).hasSize(1);
        }
    }

    private <T extends AutoCloseable> T opened(T resource) {
        opened.add(resource);
        return resource;
    }

    static <T> T only(List<T> list) {
        assertThat(list).hasSize(1);
        return list.get(0);
    }
}
