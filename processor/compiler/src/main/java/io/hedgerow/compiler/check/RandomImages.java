package io.hedgerow.compiler.check;

import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.frontend.FrozenModel;
import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Operations;
import io.hedgerow.compiler.graph.TensorRef;
import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/** A batch of random images in a model's own shape and range, the same each time. */
final class RandomImages {
    /** How many images {@link #patched} makes. */
    static final int PATCHED = 3;

    private static final int ANY_SIZE = 128;
    private static final int SMALL = 160 * 160;
    private static final Set<String> LAYERS =
            Operations.with(Set.of("Pad", "PadV2", "SpaceToBatchND"), Operations.CONVOLUTIONS);

    private static final double NUDGE = 1e-6;

    private final Shape shape;
    private final DataType type;
    private final int channels;
    private final int classes;
    private final long originalBatch;
    private final boolean isPreprocessed;

    /**
     * Images that a model takes.
     *
     * @param scores of an image
     */
    RandomImages(FrozenModel model, Network network, int scores) {
        Shape input = model.inputShape();
        this.channels = network.layout(network.image()).isChannelsFirst() ? 1 : 3;
        long[] sizes = input.asArray();
        long pixels = 1;
        for (int axis = 1; axis < sizes.length; axis++) {
            sizes[axis] = sizes[axis] >= 0 ? sizes[axis] : axis == channels ? 3 : ANY_SIZE;
            pixels *= axis == channels ? 1 : sizes[axis];
        }
        sizes[0] = pixels <= SMALL ? 2 : 1;
        this.shape = Shape.of(sizes);
        this.type = model.inputType();
        this.originalBatch = originalBatch(model);
        // two show that neither gets what is another's; of a large image one shows enough
        this.classes = pixels <= SMALL ? Math.min(2, scores + 1) : 1;
        this.isPreprocessed = !isLayers(network.image(), network);
        long most = shape.size() * Math.max(1, originalBatch);
        if (shape.size() < 1
                || most / shape.size() != Math.max(1, originalBatch)
                || most > Integer.MAX_VALUE / Float.BYTES) {
            throw new ModelRefusedException(
                    "images of %s can't be explained: save the model with a size that fits in memory".formatted(shape));
        }
    }

    /** Whether layers alone take a tensor, as it is or transposed. */
    private static boolean isLayers(TensorRef tensor, Network network) {
        return network.consumers(tensor).stream()
                .allMatch(node -> node.operation().equals("Transpose")
                        ? isLayers(node.output(), network)
                        : LAYERS.contains(node.operation()));
    }

    /** The batch that the model was saved for, or -1 if any. */
    private static long originalBatch(FrozenModel model) {
        return model.original().getNodeList().stream()
                .filter(node -> node.getName().equals(model.inputName()))
                .map(node -> node.getAttrOrThrow("shape").getShape())
                .filter(saved -> saved.getDimCount() > 0)
                .mapToLong(saved -> saved.getDim(0).getSize())
                .findFirst()
                .orElse(-1);
    }

    Shape shape() {
        return shape;
    }

    int batch() {
        return (int) shape.get(0);
    }

    /** Explained of each image. */
    int classes() {
        return classes;
    }

    /** To be closed by the caller. */
    Tensor tensor() {
        return tensor(shape);
    }

    /**
     * The same images for the model as it was saved: further ones after them, or fewer, where it takes a fixed number. To be
     * closed by the caller.
     */
    Tensor original() {
        return tensor(originalBatch < 0 ? shape : shape.tail().prepend(originalBatch));
    }

    /**
     * Images of which each has a brightness, contrast and extremes of its own. To be closed by the caller.
     *
     * @param images which of them
     */
    Tensor unlike(int... images) {
        return unlike(images, 0);
    }

    /** One of those images with its values changed by about what float32 rounds to; unchanged where they are bytes. */
    Tensor nudged(int image) {
        return unlike(new int[] {image}, NUDGE);
    }

    private Tensor unlike(int[] images, double nudge) {
        int size = Math.toIntExact(shape.size() / shape.get(0));
        byte[] bytes = new byte[images.length * size];
        float[] values = new float[images.length * size];
        for (int image = 0; image < images.length; image++) {
            SplittableRandom random = new SplittableRandom(images[image]);
            double darkest = images[image] / 8.0;
            double contrast = 1.0 / (1 + images[image]);
            for (int i = image * size; i < (image + 1) * size; i++) {
                double value = darkest + contrast * random.nextDouble();
                bytes[i] = (byte) (256 * value);
                double sent = isPreprocessed ? Math.floor(256 * value) : 2 * value - 1;
                values[i] = (float) (sent * (i % 2 == 0 ? 1 + nudge : 1 - nudge));
            }
        }
        return tensor(shape.tail().prepend(images.length), bytes, values);
    }

    /** A plain image, and the same with a patch of noise before and after it is moved. To be closed. */
    Tensor patched(Patch patch) {
        int height = (int) shape.get(channels == 1 ? 2 : 1);
        int width = (int) shape.get(channels == 1 ? 3 : 2);
        int depth = (int) shape.get(channels);
        int size = height * width * depth;
        byte[] bytes = new byte[PATCHED * size];
        float[] values = new float[PATCHED * size];
        Arrays.fill(bytes, (byte) 128);
        Arrays.fill(values, isPreprocessed ? 128 : 0);
        int rows = patch.length(height);
        int columns = patch.length(width);
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < rows * columns * depth; i++) {
            double value = random.nextDouble();
            for (int image = 1; image < PATCHED; image++) {
                int row = i / depth / columns + patch.start(image > 1, height);
                int column = i / depth % columns + patch.start(image > 1, width);
                int channel = i % depth;
                int at = image * size
                        + (channels == 1
                                ? (channel * height + row) * width + column
                                : (row * width + column) * depth + channel);
                bytes[at] = (byte) (256 * value);
                values[at] = (float) (isPreprocessed ? Math.floor(256 * value) : 4 * value - 2);
            }
        }
        return tensor(shape.tail().prepend(PATCHED), bytes, values);
    }

    private Tensor tensor(Shape batch, byte[] bytes, float[] values) {
        return type == DataType.DT_UINT8
                ? TUint8.tensorOf(batch, DataBuffers.of(bytes, true, false))
                : TFloat32.tensorOf(batch, DataBuffers.of(values, true, false));
    }

    private Tensor tensor(Shape shape) {
        SplittableRandom random = new SplittableRandom(1);
        int size = Math.toIntExact(shape.size());
        if (type == DataType.DT_UINT8) {
            byte[] values = new byte[size];
            random.nextBytes(values);
            return TUint8.tensorOf(shape, DataBuffers.of(values, true, false));
        }
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            // whatever comes before the first layer is made for pixels; without it, pixels come prepared
            values[i] = isPreprocessed ? random.nextInt(256) : 2 * (float) random.nextDouble() - 1;
        }
        return TFloat32.tensorOf(shape, DataBuffers.of(values, true, false));
    }
}
