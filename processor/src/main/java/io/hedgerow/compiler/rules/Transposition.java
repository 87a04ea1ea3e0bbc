package io.hedgerow.compiler.rules;

import io.hedgerow.compiler.network.Constant;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A layer's transposed convolution with one kernel. Where an ordinary convolution with the kernel rotated is the same, it
 * is that: on CPUs TensorFlow's gradient of a convolution takes up to 1.6 times as long.
 */
final class Transposition {
    private final Convolution layer;
    private final Emission emission;
    private final boolean rotated;
    private final Operand<TFloat32> weights;
    private final Operand<TInt32> sizes;

    /**
     * Writes the kernel into the graph.
     *
     * @param kernel of the layer's shape, or of one with another number of inputs
     * @param weights the same, if it is in the graph already
     */
    Transposition(Convolution layer, Constant kernel, Optional<Operand<TFloat32>> weights, Emission emission) {
        Optional<Constant> turned = layer.rotated(kernel);
        this.layer = layer;
        this.emission = emission;
        this.rotated = turned.isPresent();
        this.weights =
                turned.map(emission::constant).orElseGet(() -> weights.orElseGet(() -> emission.constant(kernel)));
        this.sizes = sizes(kernel);
    }

    /** Of K·B × H × W × C at the layer's output, what reaches its input. */
    Operand<TFloat32> at(Operand<TFloat32> y) {
        return rotated
                ? layer.transposeRotated(emission.tf, y, weights)
                : layer.transpose(emission.tf, y, weights, sizes);
    }

    private Operand<TInt32> sizes(Constant kernel) {
        Operand<TInt32> input = emission.stackedShape(layer.input());
        if (kernel.shape()[2] == layer.kernel().shape()[2]) {
            return input;
        }
        Ops tf = emission.tf;
        Operand<TInt32> channels = tf.constant(new int[] {Math.toIntExact(kernel.shape()[2])});
        Operand<TInt32> plane = tf.slice(input, tf.constant(new int[] {0}), tf.constant(new int[] {3}));
        return tf.concat(List.of(plane, channels), tf.constant(0));
    }
}
