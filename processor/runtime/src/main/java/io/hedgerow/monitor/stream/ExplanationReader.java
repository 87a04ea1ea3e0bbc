package io.hedgerow.monitor.stream;

import io.hedgerow.Agreement;
import io.hedgerow.AttributionMap;
import io.hedgerow.AuditStatus;
import io.hedgerow.ClassExplanation;
import io.hedgerow.Explanation;
import io.hedgerow.Faithfulness;
import io.hedgerow.Prediction;
import io.hedgerow.RecordInput;
import io.hedgerow.monitor.profile.GridPooling;
import io.hedgerow.monitor.profile.Observation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sees in an explanation what monitoring needs of it. Belongs to one thread. */
final class ExplanationReader {
    private final GridPooling pooling = new GridPooling();

    /**
     * Sees what monitoring needs.
     *
     * @param counts whether it counts as an outcome, where there is no audit trail
     * @return what it means; null if it means nothing
     */
    @Nullable
    Partial read(String source, Explanation explanation, boolean counts) {
        Prediction decided = explanation.getPrediction().getReplayed();
        long time = explanation.getTime().toEpochMilli();
        ClassExplanation explained = explanation.getClasses().stream()
                .filter(one -> one.getClassIndex() == decided.getClassIndex())
                .findFirst()
                .orElse(null);
        Agreement agreement = explanation.getPrediction().getAgreement();
        if (explained == null) {
            // Other classes than the one that was decided were asked for.
            return !counts
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
                        counts,
                        agreement));
    }

    private static float confidence(String kind, float prediction) {
        return switch (kind) {
            case "probability" -> prediction;
            case "log-probability" -> (float) Math.exp(prediction);
            default -> Float.NaN;
        };
    }
}
