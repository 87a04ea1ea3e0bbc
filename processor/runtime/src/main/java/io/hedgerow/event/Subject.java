package io.hedgerow.event;

import io.hedgerow.ModelRef;
import io.hedgerow.Prediction;
import io.hedgerow.attribution.MapTransform;
import io.hedgerow.attribution.Turn;
import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.models.ExplainableModel;
import io.hedgerow.models.MethodInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an explanation will say of its event beside the maps: all but the pixels, which are not held longer than the device
 * needs them.
 *
 * @param event what it says
 * @param logged the event's predictions, best first, with their classes' indices
 * @param tensorToImage from the tensor's coordinates to the pixels of the image as the classifier saw it
 * @param turn how that is turned before people look at it
 * @param decodeNanos time that decoding and preprocessing took
 */
public record Subject(
        EventFacts event,
        List<Prediction> logged,
        ExplainableModel model,
        String device,
        MethodInfo method,
        float ratio,
        int imageWidth,
        int imageHeight,
        @Nullable String imageUri,
        TensorSpec tensor,
        MapTransform tensorToImage,
        Turn turn,
        long decodeNanos) {
    /** What the event says, in the words of the model that explains it. */
    public EventFacts resolved() {
        return event.resolved(new ModelRef(model.name(), model.version()), logged.isEmpty() ? null : logged.get(0));
    }
}
