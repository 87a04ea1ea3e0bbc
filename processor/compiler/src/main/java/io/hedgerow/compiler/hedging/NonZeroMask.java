package io.hedgerow.compiler.hedging;

import io.hedgerow.compiler.analysis.LearnedKernel;
import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.graph.Operations;
import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.layer.Convolution;
import io.hedgerow.compiler.propagation.Activations;
import io.hedgerow.compiler.propagation.RuleContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Where an activation isn't 0, as a tensor that is positive there and 0 elsewhere.
 *
 * <p>A convolution's own output is asked for it only where nothing else will do. Asked for by this too, it would have to be
 * kept, and TensorFlow couldn't convolve, normalise and activate in one operation, as it does where nothing is explained:
 * three passes over memory, and one for the magnitude.
 */
final class NonZeroMask {
    // RATIONALE: Why is a convolution's output not asked where it was 0?
    private final Ops tf;
    private final Network network;
    private final Activations activations;
    private final Contributions contributions;
    private final HedgeWeights hedgeWeights;
    private final ZeroAnalysis zeros;
    /** Kept, for a part of many concatenations is asked about as often. */
    private final Map<TensorRef, Optional<Convolution>> weighed = new HashMap<>();

    NonZeroMask(RuleContext e, Contributions contributions, HedgeWeights hedgeWeights, ZeroAnalysis zeros) {
        this.tf = e.tf;
        this.network = e.network;
        this.activations = e.activations;
        this.contributions = contributions;
        this.hedgeWeights = hedgeWeights;
        this.zeros = zeros;
    }

    /**
     * In the activation's shape; empty if it has no zeros.
     *
     * @param now may wait for something, so that nothing is computed long before it is needed, and kept
     */
    Optional<Operand<TFloat32>> of(TensorRef x, Ops now) {
        if (zeros.hasNone(x)) {
            return Optional.empty();
        }
        if (activations.isNonNegative(x)) {
            return Optional.of(activations.of(x));
        }
        return Optional.of(weighed.computeIfAbsent(x, this::weighed)
                .map(layer -> hedgeWeights.of(layer, now))
                .orElseGet(() -> now.math.abs(
                        cheap(x).map(layer -> convolvedAgain(layer, now)).orElseGet(() -> activations.of(x)))));
    }

    /**
     * The convolution that x comes from, if what it convolves weighs by all of its entries and its kernel was learned: a sum of
     * products isn't 0, but by accident, where the sum of their magnitudes isn't.
     */
    private Optional<Convolution> weighed(TensorRef x) {
        return layer(x).filter(layer -> network.convolutions(layer.input()) > 0
                && contributions.weighsAll(layer.input())
                && new LearnedKernel(layer.kernel(), layer.isDepthwise()).isLearned());
    }

    /** The convolution that x comes from, if it is a cheap one whose output goes to a normalisation and nowhere else. */
    private Optional<Convolution> cheap(TensorRef x) {
        List<Node> consumers = network.consumers(x);
        if (consumers.size() != 1 || !Operations.isNormalisation(consumers.get(0))) {
            return Optional.empty();
        }
        return layer(x).filter(Convolution::isCheap);
    }

    private Optional<Convolution> layer(TensorRef x) {
        Node node = network.producer(x);
        return Operations.isConvolution(node) && !Operations.isTransposedConvolution(node)
                ? Optional.of(Convolution.of(node, network))
                : Optional.empty();
    }

    /** −x. */
    private Operand<TFloat32> convolvedAgain(Convolution layer, Ops now) {
        // with W it would be the operation that is there, and be made one with it again
        Operand<TFloat32> negated = tf.math.neg(activations.of(layer.weights()));
        return layer.forward(now, activations.of(layer.input()), negated);
    }
}
