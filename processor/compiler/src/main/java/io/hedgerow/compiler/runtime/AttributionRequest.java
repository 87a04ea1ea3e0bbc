package io.hedgerow.compiler.runtime;

/**
 * One image to explain.
 *
 * @param image the model's input, of the model's {@code TensorSpec}
 * @param classes K ≥ 1 class indices from 0; {@value #TOP} for the class with the image's highest score
 * @param ratio of positive to negative relevance, 1 to 2
 */
@SuppressWarnings("ArrayRecordComponent") // read once per image and never compared
public record AttributionRequest(ImageTensor image, int[] classes, float ratio) {
    /** Stands for the class with the image's highest score. */
    public static final int TOP = -1;
}
