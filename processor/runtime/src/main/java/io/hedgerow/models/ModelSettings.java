package io.hedgerow.models;

import java.nio.file.Path;

/**
 * A model that events may name.
 *
 * @param version empty if it has none
 * @param path folder of the SavedModel, absolute or relative to the working directory
 * @param ratio for events that name none, 1 to 2
 * @param referenceLayer node at which relevance starts; empty for the last feature map
 * @param precision of the convolutions that explain, {@code float32} or {@code bfloat16}
 * @param method name of the one that explains
 */
public record ModelSettings(
        String name, String version, Path path, float ratio, String referenceLayer, String precision, String method) {}
