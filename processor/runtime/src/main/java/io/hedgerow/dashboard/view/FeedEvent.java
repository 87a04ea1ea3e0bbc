package io.hedgerow.dashboard.view;

import io.hedgerow.ClassExplanation;
import io.hedgerow.Explanation;
import io.hedgerow.Timings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One explanation of the feed; its address is a position in the topic of explanations.
 *
 * @param score the model's own output for the class
 * @param scoreKind what that is: probability, log-probability, logit, value, or empty
 * @param latencyMs what decoding, waiting and computing took together
 */
public record FeedEvent(
        String id,
        String topic,
        int partition,
        long offset,
        long time,
        String source,
        String model,
        int classIndex,
        String label,
        double score,
        String scoreKind,
        String agreement,
        long latencyMs,
        String thumbnail,
        String overlay) {
    /** Names may be of any length; the event's own page shows them whole. */
    private static final int LONGEST = 200;

    private static final int MICROS = 1000;

    /** Takes an explanation and where it lies; null if no class was explained. */
    public static @Nullable FeedEvent of(Explanation explanation, String topic, int partition, long offset) {
        List<ClassExplanation> classes = explanation.getClasses();
        if (classes.isEmpty()) {
            return null;
        }
        ClassExplanation first = classes.get(0);
        Timings timings = explanation.getTimings();
        String address = "/api/events/" + partition + "/" + offset;
        return new FeedEvent(
                Words.cut(explanation.getEventId(), LONGEST),
                topic,
                partition,
                offset,
                explanation.getTime().toEpochMilli(),
                Words.cut(explanation.getSource(), LONGEST),
                ModelNames.key(explanation.getModel(), explanation.getMethod()),
                first.getClassIndex(),
                Words.cut(first.getLabel(), LONGEST),
                Float.isFinite(first.getPrediction()) ? first.getPrediction() : 0,
                explanation.getPredictionKind(),
                explanation.getPrediction().getAgreement().name(),
                (timings.getDecodeMicros() + timings.getQueueMicros() + timings.getComputeMicros()) / MICROS,
                address + "/thumbnail",
                address + "/overlay");
    }
}
