package io.hedgerow.compiler.hedging;

import io.hedgerow.compiler.api.Precision;
import io.hedgerow.compiler.graph.Operations;
import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.propagation.RuleContext;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.ReluGrad;
import org.tensorflow.types.TFloat32;

/** What the rules of hedging share in one graph, beside what all rules have. */
public final class HedgingContext {
    // RATIONALE: Why do a layer's weights wait for its relevance?
    public final LinearTensors linear;
    /** 1 × B × 1. */
    public final Operand<TFloat32> ratio;

    final Contributions contributions;
    final HedgeWeights weights;
    final ZeroAnalysis zeros;
    private final RuleContext e;
    private final NonZeroMask mask;

    /**
     * Of one graph.
     *
     * @param linear tensors of the network
     * @param ratios the hedging ratio of each image: B
     * @param precision of convolutions
     */
    HedgingContext(RuleContext e, LinearTensors linear, Operand<TFloat32> ratios, Precision precision) {
        this.e = e;
        this.linear = linear;
        this.ratio = e.tf.reshape(ratios, e.tf.constant(new int[] {1, -1, 1}));
        this.contributions = new Contributions(e.activations, linear);
        this.weights = new HedgeWeights(e, contributions, precision);
        this.zeros = new ZeroAnalysis(e.network);
        this.mask = new NonZeroMask(e, contributions, weights, zeros);
    }

    /** Keeps relevance where the activation isn't 0, or leaves that to the concatenation that the activation comes from. */
    Operand<TFloat32> whereNotZero(Operand<TFloat32> relevance, TensorRef x) {
        if (isLeftToConcatenation(x)) {
            return relevance;
        }
        Ops now = e.tf.withControlDependencies(relevance);
        // passes what it gets where its second input is positive, in one pass
        return mask.of(x, now)
                .<Operand<TFloat32>>map(here -> ReluGrad.create(e.tf.scope(), relevance, e.repeatedRows(here)))
                .orElse(relevance);
    }

    /** Whether relevance that arrives at a tensor goes through a concatenation next, which keeps it where the tensor isn't 0. */
    boolean isLeftToConcatenation(TensorRef x) {
        return Operations.isConcatenation(e.network.producer(x)) && e.network.convolutions(x) > 0;
    }
}
