package io.hedgerow.preprocess;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.hedgerow.attribution.Box;
import io.hedgerow.compiler.runtime.TensorSpec;

/** Way in which a picture is brought to the shape of the model's input. */
public enum Resize {
    /** The whole picture, each side scaled by itself. */
    @JsonProperty("stretch")
    STRETCH,
    /**
     * The largest part of the model's aspect ratio from the middle, as {@code keras.utils.load_img(keep_aspect_ratio=True)}
     * and {@code keras.preprocessing.image.smart_resize} cut it.
     */
    @JsonProperty("center-crop")
    CENTER_CROP;

    Box crop(int width, int height, TensorSpec spec) {
        if (this == STRETCH) {
            return new Box(0, 0, width, height);
        }
        int cropWidth = (int) Math.max(1, Math.min(width, (long) height * spec.width() / spec.height()));
        int cropHeight = (int) Math.max(1, Math.min(height, (long) width * spec.height() / spec.width()));
        return new Box((width - cropWidth) / 2, (height - cropHeight) / 2, cropWidth, cropHeight);
    }
}
