package io.hedgerow.compiler.rules;

import io.hedgerow.compiler.Precision;
import java.util.List;
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
final class Filter<T extends TNumber> {
    private final Convolution layer;
    private final Operand<TFloat32> kernel;
    private final Class<T> type;
    private final Emission emission;
    private final Operand<T> weights;

    private Filter(Convolution layer, Operand<TFloat32> kernel, Class<T> type, Emission emission) {
        this.layer = layer;
        this.kernel = kernel;
        this.type = type;
        this.emission = emission;
        this.weights = cast(emission.tf, kernel, type);
    }

    /**
     * Of a layer.
     *
     * @param kernel of the layer's shape, or for {@link #back} alone of one with another number of inputs
     */
    static Filter<?> of(Convolution layer, Operand<TFloat32> kernel, Precision precision, Emission emission) {
        return switch (precision) {
            case FLOAT32 -> new Filter<>(layer, kernel, TFloat32.class, emission);
            case BFLOAT16 -> new Filter<>(layer, kernel, TBfloat16.class, emission);
        };
    }

    /** conv(x, W) for x of N × H × W × C, computed with {@code tf}, which may wait for something. */
    Operand<TFloat32> forward(Ops tf, Operand<TFloat32> x) {
        return wide(layer.forward(tf, cast(tf, x, type), weights));
    }

    /** convT(y, W): of y at the layer's output, K·B × H × W × C, what reaches its input. */
    Operand<TFloat32> back(Operand<TFloat32> y) {
        Ops tf = emission.tf;
        Operand<T> narrow = cast(tf, y, type);
        return wide(
                layer.isTransposedByRotation()
                        ? layer.transposeRotated(tf, narrow, cast(tf, layer.rotated(tf, kernel), type))
                        : layer.transpose(tf, narrow, weights, sizes()));
    }

    private Operand<TFloat32> wide(Operand<T> x) {
        return cast(emission.tf, x, TFloat32.class);
    }

    @SuppressWarnings("unchecked")
    private static <A extends TNumber, B extends TNumber> Operand<B> cast(Ops tf, Operand<A> x, Class<B> type) {
        return x.type() == (Class<?>) type ? (Operand<B>) x : tf.dtypes.cast(x, type);
    }

    private Operand<TInt32> sizes() {
        Operand<TInt32> input = emission.stackedShape(layer.input());
        if (inputs() == layer.kernel().shape()[2]) {
            return input;
        }
        Ops tf = emission.tf;
        Operand<TInt32> channels = tf.constant(new int[] {Math.toIntExact(inputs())});
        Operand<TInt32> plane = tf.slice(input, tf.constant(new int[] {0}), tf.constant(new int[] {3}));
        return tf.concat(List.of(plane, channels), tf.constant(0));
    }

    private long inputs() {
        return kernel.shape().get(2);
    }
}
