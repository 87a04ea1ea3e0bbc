package io.hedgerow.compiler.rules;

import io.hedgerow.compiler.network.Node;
import io.hedgerow.compiler.network.TensorRef;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Where an activation isn't 0, as a tensor that is positive there and 0 elsewhere: the activation if it can't be negative,
 * else its magnitude.
 *
 * <p>What a cheap convolution puts out is convolved once more for it. Asked for by this too, the convolution's own output
 * would have to be kept, and TensorFlow couldn't convolve, normalise and activate in one operation, as it does where nothing
 * is explained: three passes over memory, against one convolution.
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
        return tf.math.abs(cheap(x).map(this::convolvedAgain).orElseGet(() -> e.activation(x)));
    }

    /** The convolution that x comes from, if it is a cheap one whose output goes to a normalisation and nowhere else. */
    private Optional<Convolution> cheap(TensorRef x) {
        Node node = e.network.producer(x);
        List<Node> consumers = e.network.consumers(x);
        if (!node.operation().equals("Conv2D")
                || consumers.size() != 1
                || !BatchNormRule.isNormalisation(consumers.get(0))) {
            return Optional.empty();
        }
        return Optional.of(Convolution.of(node, e.network)).filter(layer -> {
            long[] shape = layer.kernel().shape();
            return shape[0] * shape[1] * shape[2] <= CHEAP;
        });
    }

    /** −x. */
    private Operand<TFloat32> convolvedAgain(Convolution layer) {
        // with W it would be the operation that is there, and be made one with it again
        Operand<TFloat32> negated = e.tf.math.neg(e.activation(layer.weights()));
        return layer.forward(tf, e.activation(layer.input()), negated);
    }
}
