package io.hedgerow.compiler.layer;

import io.hedgerow.compiler.api.Precision;
import io.hedgerow.compiler.graph.TensorRef;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * A layer's convolution with one kernel, forward and transposed, computed in one precision; what goes in and comes out is
 * float32. Where an ordinary convolution with the kernel rotated is the transposed one, it is taken: on CPUs TensorFlow's
 * gradient of a convolution takes up to 1.6 times as long.
 */
public final class Filter<T extends TNumber> {
    private final Convolution layer;
    private final Operand<TFloat32> kernel;
    private final Class<T> type;
    private final Ops tf;
    private final Operand<T> weights;
    private @Nullable Operand<T> rotated;

    private Filter(Convolution layer, Operand<TFloat32> kernel, Class<T> type, Ops tf) {
        this.layer = layer;
        this.kernel = kernel;
        this.type = type;
        this.tf = tf;
        this.weights = cast(tf, kernel, type);
    }

    /**
     * Of a layer.
     *
     * @param kernel of the layer's shape, or for {@link #back} alone of one with another number of inputs
     */
    public static Filter<?> of(Convolution layer, Operand<TFloat32> kernel, Precision precision, Ops tf) {
        return switch (precision) {
            case FLOAT32 -> new Filter<>(layer, kernel, TFloat32.class, tf);
            case BFLOAT16 -> new Filter<>(layer, kernel, TBfloat16.class, tf);
        };
    }

    /** What the layer convolves. */
    public TensorRef input() {
        return layer.input();
    }

    /** conv(x, W) for x of N × H × W × C, computed with {@code tf}, which may wait for something. */
    public Operand<TFloat32> forward(Ops tf, Operand<TFloat32> x) {
        return wide(layer.forward(tf, cast(tf, x, type), weights));
    }

    /**
     * convT(y, W): of y at the layer's output, N × H × W × C, what reaches its input.
     *
     * @param shape of the layer's input, N × H × W × C
     */
    public Operand<TFloat32> back(Operand<TFloat32> y, Operand<TInt32> shape) {
        if (!layer.isTransposedByRotation()) {
            // where oneDNN has no gradient of a convolution, TensorFlow's adds up bfloat16 numbers in bfloat16
            return layer.transpose(tf, y, kernel, sizes(shape));
        }
        Operand<T> written = rotated;
        if (written == null) {
            written = cast(tf, layer.rotated(tf, kernel), type);
            rotated = written;
        }
        return wide(layer.transposeRotated(tf, cast(tf, y, type), written));
    }

    private Operand<TFloat32> wide(Operand<T> x) {
        return cast(tf, x, TFloat32.class);
    }

    @SuppressWarnings("unchecked")
    private static <A extends TNumber, B extends TNumber> Operand<B> cast(Ops tf, Operand<A> x, Class<B> type) {
        return x.type() == (Class<?>) type ? (Operand<B>) x : tf.dtypes.cast(x, type);
    }

    private Operand<TInt32> sizes(Operand<TInt32> input) {
        if (inputs() == layer.kernel().shape()[2]) {
            return input;
        }
        Operand<TInt32> channels = tf.constant(new int[] {Math.toIntExact(inputs())});
        Operand<TInt32> plane = tf.slice(input, tf.constant(new int[] {0}), tf.constant(new int[] {3}));
        return tf.concat(List.of(plane, channels), tf.constant(0));
    }

    private long inputs() {
        return kernel.shape().get(2);
    }
}
