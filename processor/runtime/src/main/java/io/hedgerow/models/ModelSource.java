package io.hedgerow.models;

import io.hedgerow.compiler.api.CompileOptions;
import io.hedgerow.preprocess.ModelYaml;
import java.nio.file.Path;

/**
 * A model that is to be explained.
 *
 * @param name what events call it
 * @param version what events call its version; may be empty
 * @param directory of the SavedModel
 * @param settings what model.yaml says of it
 * @param options of the compiler
 * @param ratio for events that name none, 1 to 2
 */
public record ModelSource(
        String name, String version, Path directory, ModelYaml settings, CompileOptions options, float ratio) {
    /** What methods call the number that events, models and explanations call so. */
    public static final String RATIO = "ratio";
}
