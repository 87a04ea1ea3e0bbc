package io.hedgerow.compiler.hedging;

import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.layer.Convolution;
import io.hedgerow.compiler.layer.ConvolutionLayers;
import io.hedgerow.compiler.layer.Filter;
import io.hedgerow.compiler.propagation.Conserves;
import io.hedgerow.compiler.propagation.Rule;
import io.hedgerow.compiler.propagation.RuleContext;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Identity;
import org.tensorflow.types.TFloat32;

/**
 * Gradient hedging at a convolution inside the network: three shares of the positive and negative relevance, to what the
 * layer hedges between, to its active and to its inactive inputs (Nam &amp; Lee, section 3).
 */
public final class ConvolutionRule implements Rule {
    private final HedgingContext hedging;

    ConvolutionRule(HedgingContext hedging) {
        this.hedging = hedging;
    }

    @Override
    public String family() {
        return "convolution";
    }

    @Override
    public String operations() {
        return ConvolutionLayers.LATER_LAYERS;
    }

    @Override
    public boolean handles(Node node, Network network) {
        return ConvolutionLayers.isLaterLayer(node, network);
    }

    @Override
    public Conserves conserves(Node node, Network network) {
        // an unknown part goes to a border of zeros, which is no part of the input
        return Convolution.of(node, network).hasZeroBorder() ? Conserves.FINITE : new HedgedSums(family(), hedging);
    }

    @Override
    public void propagate(Node node, RuleContext e) {
        Ops tf = e.tf;
        Convolution layer = Convolution.of(node, e.network);
        Operand<TFloat32> zero = tf.constant(0f);
        Identity<TFloat32> relevance = tf.identity(e.relevance(node));
        Filter<?> filter = hedging.weights.filter(layer);

        // when relevance has come this far, or every layer's weights would be computed first and kept
        Ops now = tf.withControlDependencies(relevance);
        Operand<TFloat32> x = hedging.contributions.of(layer.input(), now);
        ActiveInactiveWeights weights = ActiveInactiveWeights.of(layer, filter, now, e, hedging);
        Operand<TFloat32> hedgeWeight = hedging.weights.of(layer, now);

        Operand<TFloat32> positive = tf.nn.relu(relevance);
        Operand<TFloat32> negative = tf.math.minimum(relevance, zero);
        Operand<TFloat32> positiveTotal = e.total(positive, node.output());
        Operand<TFloat32> p = tf.math.mul(positive, inverse(positiveTotal, e));
        Operand<TFloat32> n = tf.math.mul(negative, inverse(tf.math.neg(e.total(negative, node.output())), e));

        boolean hedged = layer.kernelHeight() > 1;
        Operand<TFloat32> both = tf.math.add(hedged ? tf.math.mul(p, hedging.ratio) : p, n);
        Operand<TFloat32> hedge =
                tf.math.mul(e.activationRows(x), share(e.divided(both, hedgeWeight), node, filter, e));
        Operand<TFloat32> unshifted = tf.math.add(hedge, share(weights.overActive(p, e), node, weights.filter(), e));
        Operand<TFloat32> toActive =
                hedged ? tf.math.sub(unshifted, shift(hedge, positiveTotal, layer.input(), e)) : unshifted;
        e.send(
                layer.input(),
                weights.inactive()
                        .map(inactive -> e.select(
                                inactive.isActive(),
                                toActive,
                                share(e.divided(n, inactive.weight()), node, weights.filter(), e)))
                        .orElse(toActive));
    }

    /** Of one number for each image and class, so that dividing their entries is multiplying. */
    private static Operand<TFloat32> inverse(Operand<TFloat32> totals, RuleContext e) {
        return e.tf.math.divNoNan(e.tf.constant(1f), totals);
    }

    /** convT(divided, |W|), as rows. */
    private static Operand<TFloat32> share(Operand<TFloat32> divided, Node node, Filter<?> filter, RuleContext e) {
        return e.rows(filter.back(e.stacked(divided, node.output()), e.stackedShape(filter.input())));
    }

    /** 1 in all, spread over the entries that aren't 0, where there was positive relevance. */
    private static Operand<TFloat32> shift(
            Operand<TFloat32> hedge, Operand<TFloat32> positiveTotal, TensorRef input, RuleContext e) {
        Ops tf = e.tf;
        Operand<TFloat32> zero = tf.constant(0f);
        // 1 where it isn't 0, in one pass
        Operand<TFloat32> touched = tf.math.divNoNan(hedge, hedge);
        Operand<TFloat32> each =
                tf.math.divNoNan(e.indicator(tf.math.greater(positiveTotal, zero)), e.total(touched, input));
        return tf.math.mul(touched, each);
    }
}
