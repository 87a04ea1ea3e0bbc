package io.hedgerow.explain;

import io.hedgerow.compiler.ExplanationInfo;
import io.hedgerow.compiler.ModelRefusedException;
import io.hedgerow.image.ElementType;
import io.hedgerow.image.TensorSpec;
import java.nio.file.Path;

/** What a compiled model takes, as preprocessing and batching know it. */
public final class ModelInput {
    private ModelInput() {}

    /**
     * The input of a model whose size is fixed.
     *
     * @param model named in the message
     * @throws ModelRefusedException if the model takes images of any size
     */
    public static TensorSpec fixed(ExplanationInfo info, Path model) {
        ExplanationInfo.Input input = info.input();
        if (input.height() < 1 || input.width() < 1 || input.channels() < 1) {
            throw new ModelRefusedException(
                    ("the model in %s takes images of any size: export it with a fixed height, width"
                                    + " and number of channels, or explain raw tensors (.npy)")
                            .formatted(model));
        }
        return new TensorSpec(
                Math.toIntExact(input.height()),
                Math.toIntExact(input.width()),
                Math.toIntExact(input.channels()),
                type(info));
    }

    /** The input's element type. */
    public static ElementType type(ExplanationInfo info) {
        return info.input().type().equals("DT_UINT8") ? ElementType.UINT8 : ElementType.FLOAT32;
    }
}
