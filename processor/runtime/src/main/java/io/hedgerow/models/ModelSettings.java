package io.hedgerow.models;

import java.nio.file.Path;
import java.util.List;

/**
 * A model that events may name.
 *
 * @param version empty if it has none
 * @param path folder of the SavedModel, absolute or relative to the working directory
 * @param ratio for events that name none, 1 to 2
 * @param referenceLayer node at which relevance starts; empty for the last feature map
 * @param precision of the convolutions that explain, {@code float32} or {@code bfloat16}
 * @param methods names of those that explain, the first one for events that name none
 */
public record ModelSettings(
        String name,
        String version,
        Path path,
        float ratio,
        String referenceLayer,
        String precision,
        List<String> methods) {
    public ModelSettings {
        methods = List.copyOf(methods);
    }
}
