package io.hedgerow.event;

import io.hedgerow.ModelRef;
import io.hedgerow.Prediction;
import io.hedgerow.PredictionEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an event says, but for its image.
 *
 * @param logged the best prediction; null if there is none
 * @param modelSha256 null as long as the model has not been looked up
 */
public record EventFacts(
        String id,
        Instant time,
        String source,
        ModelRef model,
        @Nullable String modelSha256,
        String imageSha256,
        @Nullable Prediction logged) {
    /** What can be told without the model. */
    public static EventFacts of(PredictionEvent event, String imageSha256) {
        return new EventFacts(
                event.getId(),
                event.getTime(),
                event.getSource(),
                event.getModel(),
                null,
                imageSha256,
                event.getPredictions().isEmpty() ? null : event.getPredictions().get(0));
    }

    /** What there is to say of an event that was explained. */
    public static EventFacts of(Subject subject) {
        return new EventFacts(
                subject.eventId(),
                subject.time(),
                subject.source(),
                new ModelRef(subject.model().name(), subject.model().version()),
                subject.model().sha256(),
                subject.imageSha256(),
                subject.logged().isEmpty() ? null : subject.logged().get(0));
    }

    /** The same, with the model found. */
    EventFacts withModel(String sha256) {
        return new EventFacts(id, time, source, model, sha256, imageSha256, logged);
    }
}
