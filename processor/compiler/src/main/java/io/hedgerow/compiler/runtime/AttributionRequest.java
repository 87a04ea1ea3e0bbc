package io.hedgerow.compiler.runtime;

import java.util.Map;

/**
 * One image to explain.
 *
 * @param image the model's input, of the model's {@code TensorSpec}
 * @param classes K ≥ 0 class indices from 0; {@value #TOP} for the class with the image's highest score. Without any, only the
 *     scores are computed, which costs a forward pass
 * @param parameters what the method takes with each image, by name; what is left out is as usual, what the method doesn't take
 *     is passed over
 * @param method that explains; empty for the model's first
 */
@SuppressWarnings("ArrayRecordComponent") // read once per image and never compared
public record AttributionRequest(ImageTensor image, int[] classes, Map<String, Float> parameters, String method) {
    /** Stands for the class with the image's highest score. */
    public static final int TOP = -1;

    /** By the model's first method. */
    public AttributionRequest(ImageTensor image, int[] classes, Map<String, Float> parameters) {
        this(image, classes, parameters, "");
    }

    /** The same with the usual parameters. */
    public AttributionRequest(ImageTensor image, int... classes) {
        this(image, classes, Map.of());
    }
}
