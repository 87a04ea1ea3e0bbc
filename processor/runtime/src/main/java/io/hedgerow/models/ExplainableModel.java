package io.hedgerow.models;

import io.hedgerow.compiler.runtime.Attribution;
import io.hedgerow.compiler.runtime.AttributionRequest;
import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.device.Batched;
import io.hedgerow.device.DeviceException;
import io.hedgerow.device.DeviceHealth;
import io.hedgerow.preprocess.Preprocessing;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A model loaded on a device, ready to explain. Thread-safe. */
public interface ExplainableModel {
    /** The name that events use. */
    String name();

    /** The version that events use; may be empty. */
    String version();

    /** SHA-256 over the model's files, 64 lower-case hexadecimal digits. */
    String sha256();

    /** What the model takes. */
    TensorSpec input();

    /** From a decoded image to {@link #input()}. */
    Preprocessing preprocessing();

    /** Number of classes N, at least 1. */
    int classes();

    /** Names of the classes. */
    ClassLabels labels();

    /** The ratio for events that name none, 1 to 2; 0 if the method has none. */
    float defaultRatio(MethodInfo method);

    /** What its output is, and what events log of it. */
    ScoreKinds scoreKinds();

    /** What of it reaches the scores and is left out of the maps, a sentence each; usually nothing. */
    default List<String> leftOut() {
        return List.of();
    }

    /** How its maps are made, by each method that events may name; the first one for those that name none. */
    List<MethodInfo> methods();

    /** How its device is, as far as this model's batches show; up unless an implementation knows better. */
    default DeviceHealth health() {
        return DeviceHealth.WELL;
    }

    /**
     * Submits an image to the device; blocks while the device's queue is full.
     *
     * @param request a checked request: tensor of {@link #input()}, finite values, classes below N, a method that
     *     it has, ratio from 1 to 2
     * @return completes with the attribution, with {@link DeviceException} if nothing can be said of the image for the
     *     device's sake, or with any other exception if the image is at fault; cancelling it skips the work
     */
    CompletableFuture<Batched<Attribution>> submit(AttributionRequest request);

    /**
     * Submits an image for the device's next batch, ahead of all that waits. Never blocks, so that an action chained to a result
     * may ask further on the device's own thread.
     *
     * @param request as for {@link #submit}; without classes only the scores are computed
     * @return completes as that of {@link #submit} does; with {@link UnsupportedOperationException} unless an implementation
     *     knows better
     */
    default CompletableFuture<Batched<Attribution>> submitNext(AttributionRequest request) {
        return CompletableFuture.failedFuture(new UnsupportedOperationException("model " + name() + " has one queue"));
    }
}
