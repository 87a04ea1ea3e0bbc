package io.hedgerow.compiler.rules;

import io.hedgerow.compiler.network.Constant;
import io.hedgerow.compiler.network.Node;
import io.hedgerow.compiler.network.TensorRef;
import java.util.Arrays;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.types.TFloat32;

/**
 * Where an activation isn't 0, as a tensor that is positive there and 0 elsewhere: the activation if it can't be negative,
 * else its magnitude.
 *
 * <p>What a cheap convolution puts out is convolved once more for it. Asked for by this too, the convolution's own output
 * would have to be kept, and TensorFlow couldn't convolve, normalise and activate in one operation, as it does where nothing
 * is explained: five passes over memory, against one convolution that writes the magnitude itself.
 */
final class Presence {
    /** Products for each entry, up to which convolving takes less time than the passes over memory; by trial on a CPU. */
    private static final long CHEAP = 64;

    private final Emission e;
    private final Signs signs;
    private final Ops tf;

    /** @param tf may wait for something, so that magnitudes aren't computed long before they are needed, and kept */
    Presence(Emission e, Signs signs, Ops tf) {
        this.e = e;
        this.signs = signs;
        this.tf = tf;
    }

    /** In the activation's shape. */
    Operand<TFloat32> of(TensorRef x) {
        if (signs.isNonNegative(x)) {
            return e.activation(x);
        }
        return cheapKernel(x).map(kernel -> convolvedAgain(x, kernel)).orElseGet(() -> tf.math.abs(e.activation(x)));
    }

    private Optional<Constant> cheapKernel(TensorRef x) {
        Node node = e.network.producer(x);
        if (!node.operation().equals("Conv2D") || e.network.consumers(x).size() != 1) {
            return Optional.empty();
        }
        return e.network.constant(node.input(1)).filter(kernel -> {
            long[] shape = kernel.shape();
            return shape[0] * shape[1] * shape[2] <= CHEAP;
        });
    }

    private Operand<TFloat32> convolvedAgain(TensorRef x, Constant kernel) {
        Convolution layer = Convolution.of(e.network.producer(x), e.network);
        // the same operation twice would be made one again
        Operand<TFloat32> negated = layer.forward(tf, e.activation(layer.input()), e.constant(Kernels.negated(kernel)));
        int channels = Math.toIntExact(kernel.shape()[3]);
        float[] ones = new float[channels];
        Arrays.fill(ones, 1);
        Operand<TFloat32> one = e.tf.constant(ones);
        Operand<TFloat32> zero = e.tf.constant(new float[channels]);
        // changes nothing; TensorFlow fuses an activation with a convolution only if something lies between
        Operand<TFloat32> between = tf.nn.fusedBatchNorm(
                        negated, one, zero, zero, one, FusedBatchNorm.isTraining(false), FusedBatchNorm.epsilon(0f))
                .y();
        return tf.nn.leakyRelu(between, LeakyRelu.alpha(-1f));
    }
}
