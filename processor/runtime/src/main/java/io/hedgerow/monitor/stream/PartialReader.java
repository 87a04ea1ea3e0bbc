package io.hedgerow.monitor.stream;

import io.hedgerow.Agreement;
import io.hedgerow.AttributionMap;
import io.hedgerow.AuditEntry;
import io.hedgerow.AuditStatus;
import io.hedgerow.AuditedModel;
import io.hedgerow.ClassExplanation;
import io.hedgerow.Explanation;
import io.hedgerow.Faithfulness;
import io.hedgerow.ModelRef;
import io.hedgerow.Prediction;
import io.hedgerow.PredictionEvent;
import io.hedgerow.RecordInput;
import io.hedgerow.monitor.profile.GridPooling;
import io.hedgerow.monitor.profile.Observation;
import io.hedgerow.serde.MalformedRecordException;
import io.hedgerow.serde.UnknownSchemaException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Sees in a record of a topic what monitoring needs of it. Belongs to one thread. */
final class PartialReader {
    private final MonitorInputs inputs;
    private final MonitorSerdes serdes;
    private final GridPooling pooling = new GridPooling();

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
            return seen(source, required(serdes.explanations(), topic, value));
        }
        if (topic.equals(inputs.audit())) {
            return became(source, required(serdes.audit(), topic, value), timestamp);
        }
        if (topic.equals(inputs.deadLetters())) {
            return failed(source, topic, value, timestamp);
        }
        return new Partial(source, Long.MIN_VALUE, new Partial.Said(value));
    }

    private @Nullable Partial seen(String source, Explanation explanation) {
        Prediction decided = explanation.getPrediction().getReplayed();
        long time = explanation.getTime().toEpochMilli();
        ClassExplanation explained = explanation.getClasses().stream()
                .filter(one -> one.getClassIndex() == decided.getClassIndex())
                .findFirst()
                .orElse(null);
        Agreement agreement = explanation.getPrediction().getAgreement();
        if (explained == null) {
            // Other classes than the one that was decided were asked for.
            return inputs.audit() != null
                    ? null
                    : new Partial(
                            source,
                            time,
                            new Partial.Became(
                                    explanation.getModel().getName(),
                                    explanation.getModel().getVersion(),
                                    explanation.getModel().getSha256(),
                                    decided.getClassIndex(),
                                    AuditStatus.EXPLAINED,
                                    agreement,
                                    1,
                                    -1));
        }
        AttributionMap map = explained.getMap();
        List<RecordInput> positions = explanation.getInputs();
        Faithfulness tried = explanation.getFaithfulness();
        Observation observation = new Observation(
                explanation.getEventId(),
                time,
                explanation.getSource(),
                positions.isEmpty() ? null : positions.get(0),
                explained.getClassIndex(),
                explained.getLabel(),
                pooling.pool(map.getValues().duplicate(), map.getHeight(), map.getWidth()),
                explained.getScore(),
                confidence(explanation.getPredictionKind(), explained.getPrediction()),
                tried == null ? Float.NaN : tried.getEvidenceDrop(),
                tried == null ? Float.NaN : tried.getChanceDrop());
        return new Partial(
                source,
                time,
                new Partial.Seen(
                        ModelKey.of(explanation.getModel(), explanation.getMethod()),
                        observation,
                        Frame.of(
                                map,
                                explanation.getImage().getWidth(),
                                explanation.getImage().getHeight()),
                        inputs.audit() == null,
                        agreement));
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

    private static float confidence(String kind, float prediction) {
        return switch (kind) {
            case "probability" -> prediction;
            case "log-probability" -> (float) Math.exp(prediction);
            default -> Float.NaN;
        };
    }

    private static <T> T required(Deserializer<T> deserializer, String topic, byte[] value) {
        // Nothing is made of nothing only.
        return Objects.requireNonNull(deserializer.deserialize(topic, value));
    }
}
