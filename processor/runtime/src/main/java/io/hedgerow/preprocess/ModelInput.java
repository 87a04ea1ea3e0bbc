package io.hedgerow.preprocess;

import io.hedgerow.compiler.api.ExplanationInfo;
import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.runtime.ChannelAxis;
import io.hedgerow.compiler.runtime.ElementType;
import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.image.pixels.DecodedImage;
import java.nio.file.Path;
import java.util.List;

/** Input of a compiled model, as preprocessing and batching know it. */
public final class ModelInput {
    private ModelInput() {}

    /**
     * The input of a model, with its free height and width as model.yaml has them.
     *
     * @param model named in the message
     * @throws ModelRefusedException if the model takes images of any size and model.yaml names none
     */
    public static TensorSpec of(ExplanationInfo info, Preprocessing settings, Path model) {
        boolean free = info.input().height() < 1 || info.input().width() < 1;
        List<Integer> size = settings.size().orElse(List.of(0, 0));
        if ((free && settings.size().isEmpty()) || info.input().channels() < 1) {
            throw new ModelRefusedException(
                    ("the model in %s takes images of any size: name one in its model.yaml, as input: size: [224, 224],"
                                    + " or export it with a fixed height, width and number of channels")
                            .formatted(model));
        }
        return spec(info, size.get(0), size.get(1));
    }

    /** The input that a model takes of a picture: a free height and width are those of model.yaml, else its own. */
    public static TensorSpec of(ExplanationInfo info, Preprocessing settings, DecodedImage picture, Path model) {
        boolean free = info.input().height() < 1 || info.input().width() < 1;
        return free && settings.size().isEmpty() && info.input().channels() > 0
                ? spec(info, picture.height(), picture.width())
                : of(info, settings, model);
    }

    /**
     * The input that a model takes of a raw tensor: free dimensions are the tensor's.
     *
     * @param shape of the tensor, three numbers in the model's order
     */
    public static TensorSpec of(ExplanationInfo info, int[] shape) {
        int rows = info.input().channelsFirst() ? 1 : 0;
        return spec(info, shape[rows], shape[rows + 1]);
    }

    private static TensorSpec spec(ExplanationInfo info, int height, int width) {
        ExplanationInfo.Input input = info.input();
        return new TensorSpec(
                input.height() < 1 ? height : Math.toIntExact(input.height()),
                input.width() < 1 ? width : Math.toIntExact(input.width()),
                Math.toIntExact(input.channels()),
                type(info),
                input.channelsFirst() ? ChannelAxis.FIRST : ChannelAxis.LAST);
    }

    /** The input's element type. */
    public static ElementType type(ExplanationInfo info) {
        return info.input().type().equals("DT_UINT8") ? ElementType.UINT8 : ElementType.FLOAT32;
    }
}
