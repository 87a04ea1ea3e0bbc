package io.hedgerow.compiler.method;

import io.hedgerow.compiler.api.ImageParameter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One way to explain, as nodes written beside a classifier. Stateless. */
public interface Method {

    /** What users, compiled models and records call it. */
    String name();

    /** Raised whenever its maps change: maps of one version are comparable. */
    String version();

    /** What it was made with, for records and for the cache of compiled models; empty if there is nothing to choose. */
    default Map<String, String> parameters() {
        return Map.of();
    }

    /** Numbers that it takes with each image. */
    default List<ImageParameter> imageParameters() {
        return List.of();
    }

    /** Whether it needs {@link MethodContext#inputGradients}, for which TensorFlow must differentiate the whole network. */
    default boolean takesInputGradients() {
        return false;
    }

    /** Other images at which it takes {@linkplain MethodContext#meanGradients gradients}, beside those at the image itself. */
    default Optional<Samples> samples() {
        return Optional.empty();
    }

    /**
     * Writes what explains.
     *
     * @throws io.hedgerow.compiler.api.ModelRefusedException if it can't explain the classifier
     */
    MethodResult write(MethodContext context);
}
