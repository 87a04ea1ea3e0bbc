package io.hedgerow.monitor.stream;

import io.hedgerow.Agreement;
import io.hedgerow.AuditEntry;
import io.hedgerow.AuditStatus;
import io.hedgerow.AuditedModel;
import io.hedgerow.ModelRef;
import io.hedgerow.Prediction;
import io.hedgerow.PredictionEvent;
import io.hedgerow.serde.MalformedRecordException;
import io.hedgerow.serde.UnknownSchemaException;
import java.time.Instant;
import java.util.Objects;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Sees in a record of a topic what monitoring needs of it. Belongs to one thread. */
final class PartialReader {
    private final MonitorInputs inputs;
    private final MonitorSerdes serdes;
    private final ExplanationReader explanations = new ExplanationReader();

    PartialReader(MonitorInputs inputs, MonitorSerdes serdes) {
        this.inputs = inputs;
        this.serdes = serdes;
    }

    /**
     * Reads a record.
     *
     * @param source the topic's partition
     * @param timestamp the record's
     * @return what it means; null if it means nothing
     * @throws MalformedRecordException if it isn't what the topic holds
     */
    @Nullable
    Partial read(String topic, String source, byte[] value, long timestamp) {
        if (topic.equals(inputs.explanations())) {
            return explanations.read(source, required(serdes.explanations(), topic, value), inputs.audit() == null);
        }
        if (topic.equals(inputs.audit())) {
            return became(source, required(serdes.audit(), topic, value), timestamp);
        }
        if (topic.equals(inputs.deadLetters())) {
            return failed(source, topic, value, timestamp);
        }
        return new Partial(source, Long.MIN_VALUE, new Partial.Said(value));
    }

    private static Partial became(String source, AuditEntry entry, long timestamp) {
        AuditedModel model = entry.getModel();
        Prediction prediction = entry.getReplayed() != null ? entry.getReplayed() : entry.getLogged();
        Instant time = entry.getEventTime();
        Long expiredTo = entry.getExpiredTo();
        boolean explained = entry.getStatus() == AuditStatus.EXPLAINED && time != null;
        return new Partial(
                source,
                time == null ? timestamp : time.toEpochMilli(),
                new Partial.Became(
                        model == null ? "" : model.getName(),
                        model == null ? "" : model.getVersion(),
                        model == null || model.getSha256() == null ? "" : model.getSha256(),
                        prediction == null ? -1 : prediction.getClassIndex(),
                        entry.getStatus(),
                        entry.getAgreement() == null ? Agreement.UNKNOWN : entry.getAgreement(),
                        expiredTo == null || entry.getInputs().isEmpty()
                                ? 1
                                : Math.max(
                                        1, expiredTo - entry.getInputs().get(0).getOffset()),
                        explained && time != null
                                ? Math.max(0, entry.getRecordedAt().toEpochMilli() - time.toEpochMilli())
                                : -1));
    }

    /** A dead letter is whatever came; if it is an event, its model is known. */
    private Partial failed(String source, String topic, byte[] value, long timestamp) {
        ModelRef model = null;
        try {
            PredictionEvent event = serdes.events().deserialize(topic, value);
            model = event == null ? null : event.getModel();
        } catch (MalformedRecordException | UnknownSchemaException e) {
            // Then that is why it is there.
        }
        return new Partial(
                source,
                timestamp,
                new Partial.Became(
                        model == null ? "" : model.getName(),
                        model == null ? "" : model.getVersion(),
                        "",
                        -1,
                        AuditStatus.FAILED,
                        Agreement.UNKNOWN,
                        1,
                        -1));
    }

    private static <T> T required(Deserializer<T> deserializer, String topic, byte[] value) {
        // Nothing is made of nothing only.
        return Objects.requireNonNull(deserializer.deserialize(topic, value));
    }
}
