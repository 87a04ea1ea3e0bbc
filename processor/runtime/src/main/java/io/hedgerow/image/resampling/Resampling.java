package io.hedgerow.image.resampling;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Library whose bilinear resize is computed. They differ by up to tens of levels when a picture shrinks. */
public enum Resampling {
    /**
     * {@code tf.image.resize(image, size)}: half-pixel centres, two pixels a side whatever the scale, not rounded. For
     * uint8 tensors the fraction is cut off, as {@code tf.cast(…, tf.uint8)} does.
     */
    @JsonProperty("tensorflow")
    TENSORFLOW,
    /** {@code Image.resize(size, Image.BILINEAR)} of Pillow: a triangle as wide as the scale, rounded to 8 bits. */
    @JsonProperty("pil")
    PIL,
    /** {@code cv2.resize(image, size)}: half-pixel centres, two pixels a side whatever the scale, rounded to 8 bits. */
    @JsonProperty("opencv")
    OPENCV;

    public Resampler resampler() {
        return switch (this) {
            case TENSORFLOW -> new TensorFlowBilinear();
            case PIL -> new PilBilinear();
            case OPENCV -> new OpenCvBilinear();
        };
    }
}
