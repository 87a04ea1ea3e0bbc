package io.hedgerow.stream;

import io.hedgerow.AuditEntry;
import io.hedgerow.Explanation;
import io.hedgerow.PredictionEvent;
import io.hedgerow.models.ExplainableModel;
import io.hedgerow.topics.RecordLimits;
import io.hedgerow.topics.Topics;
import java.util.List;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.test.TestRecord;

/** The topology with its audit trail in a test driver, with a simulated model. */
final class AuditRig implements AutoCloseable {
    static final Topics TOPICS = new Topics(
            "prediction-events", "explanations", "explanations-dlq", "explanations-audit", "explanations-checkpoints");

    private final DrivenTopology driven;
    private final TestOutputTopic<byte[], byte[]> explained;
    private final TestOutputTopic<byte[], byte[]> audited;

    AuditRig() {
        this(settings());
    }

    AuditRig(TopologySettings settings) {
        this(settings, null);
    }

    /** model: takes the place of the simulated one; null for that. */
    AuditRig(TopologySettings settings, ExplainableModel model) {
        driven = new DrivenTopology(settings, null, null, model);
        explained = driven.output(TOPICS.explanations(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        audited = driven.output(TOPICS.audit(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    static TopologySettings settings() {
        return settings(RecordLimits.DEFAULT, 1);
    }

    static TopologySettings settings(RecordLimits records, float samplingShare) {
        return new TopologySettings(TOPICS, records, TopologyRig.explaining(samplingShare, false), "test");
    }

    void send(String key, PredictionEvent event) {
        send(key, driven.events.serializer().serialize(TOPICS.input(), event));
    }

    void send(String key, byte[] value) {
        driven.input.pipeInput(new TestRecord<>(key, value));
    }

    List<TestRecord<byte[], byte[]>> entryRecords() {
        return audited.readRecordsToList();
    }

    AuditEntry entry(TestRecord<byte[], byte[]> record) {
        return driven.entries.deserializer().deserialize(TOPICS.audit(), record.value());
    }

    List<TestRecord<byte[], byte[]>> explanationBytes() {
        return explained.readRecordsToList();
    }

    Explanation explanation(byte[] value) {
        return driven.explanations.deserializer().deserialize(TOPICS.explanations(), value);
    }

    byte[] storedState() {
        return driven.driver.<String, byte[]>getKeyValueStore("audit-log").get("state");
    }

    @Override
    public void close() {
        driven.close();
    }
}
