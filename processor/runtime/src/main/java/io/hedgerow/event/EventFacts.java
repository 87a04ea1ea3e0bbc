package io.hedgerow.event;

import io.hedgerow.ModelRef;
import io.hedgerow.Prediction;
import io.hedgerow.PredictionEvent;
import java.time.Instant;
import java.util.Map;
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
        Map<String, String> attributes,
        ModelRef model,
        @Nullable String modelSha256,
        String imageSha256,
        @Nullable Prediction logged) {
    /** What can be told without the model. */
    static EventFacts of(PredictionEvent event, String imageSha256) {
        return new EventFacts(
                event.getId(),
                event.getTime(),
                event.getSource(),
                event.getAttributes(),
                event.getModel(),
                null,
                imageSha256,
                event.getPredictions().isEmpty() ? null : event.getPredictions().get(0));
    }

    /** The same, with the model found. */
    EventFacts withModel(String sha256) {
        return new EventFacts(id, time, source, attributes, model, sha256, imageSha256, logged);
    }

    /** The same in the words of the model found: the version that it has, and the class that it means. */
    EventFacts resolved(ModelRef found, @Nullable Prediction best) {
        return new EventFacts(id, time, source, attributes, found, modelSha256, imageSha256, best);
    }
}
