package io.hedgerow.evaluate.methods;

import io.hedgerow.attribution.SignedMap;
import io.hedgerow.compiler.runtime.Outputs;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a method makes of a picture.
 *
 * @param maps for each of the picture's classes, placed on the tensor as if that were its image; one with a value that is not
 *     finite where there is none
 * @param outputs what the model says of the picture, where explaining gives that too; else null
 */
public record Explained(List<SignedMap> maps, @Nullable Outputs outputs) {
    public Explained {
        maps = List.copyOf(maps);
    }
}
