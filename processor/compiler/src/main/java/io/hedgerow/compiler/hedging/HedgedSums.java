package io.hedgerow.compiler.hedging;

import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.layer.Convolution;
import io.hedgerow.compiler.propagation.Conserves;
import io.hedgerow.compiler.propagation.InvariantWriter;
import io.hedgerow.compiler.propagation.RuleContext;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceAny;
import org.tensorflow.types.TFloat32;

/**
 * Σ (C + A' + B') of a convolution inside the network (Nam &amp; Lee, section 3).
 *
 * @param family of its rule
 */
record HedgedSums(String family, HedgingContext hedging) implements Conserves.Stated {
    /** Four roundings of float32 for each unit of the ratio, over the tolerance of 1e-3; at most, all of it is lost. */
    private static final float CANCELLED = 4 * 6e-8f / 1e-3f;

    private static final float CANCELLED_MOST = 1 / 1e-3f;

    @Override
    public void write(
            Node node,
            Operand<TFloat32> relevance,
            List<Operand<TFloat32>> sent,
            RuleContext e,
            InvariantWriter invariants) {
        Ops tf = invariants.tf;
        Operand<TFloat32> out = invariants.sum(sent);
        // when relevance has come this far, as the rules do, or every layer's weights would be kept at once
        Ops now = tf.withControlDependencies(relevance);
        Convolution layer = Convolution.of(node, e.network);
        Operand<TFloat32> zero = tf.constant(0f);
        Operand<TFloat32> x = e.activation(layer.input());
        Operand<TFloat32> contributions = hedging.linear.isLinear(layer.input()) ? now.math.abs(x) : now.nn.relu(x);
        Operand<TFloat32> weights = now.math.abs(e.activation(layer.weights()));
        Operand<TFloat32> active = invariants.indicator(now.math.greater(contributions, zero));
        Operand<TFloat32> inactive = invariants.indicator(now.math.equal(contributions, zero));

        Operand<TFloat32> positive = tf.nn.relu(relevance);
        Operand<TFloat32> negative = tf.math.sub(relevance, positive);
        Operand<TFloat32> p = tf.math.divNoNan(positive, invariants.total(positive));
        Operand<TFloat32> n = tf.math.neg(tf.math.divNoNan(negative, invariants.total(negative)));
        boolean high = layer.kernelHeight() > 1;
        Operand<TFloat32> both = tf.math.add(high ? tf.math.mul(p, hedging.ratio) : p, n);
        Operand<TFloat32> hedge = invariants.where(both, layer.forward(tf, contributions, weights), e);
        Operand<TFloat32> toActive = layer.forward(tf, active, weights);
        Operand<TFloat32> toInactive = layer.forward(tf, inactive, weights);
        Operand<TFloat32> sum = tf.math.add(
                invariants.total(hedge),
                tf.math.add(
                        invariants.total(invariants.where(p, toActive, e)),
                        invariants.total(invariants.where(n, toInactive, e))));
        Operand<TFloat32> magnitude = invariants.sum(invariants.magnitudes(sent));
        // no share takes from another, so that no entry can be larger than what it is a part of
        invariants.add(
                node.name(),
                family,
                magnitude,
                tf.math.minimum(magnitude, tf.math.add(hedging.ratio, tf.constant(4f))),
                tf.constant(1f));
        Operand<TFloat32> scale = tf.math.add(tf.constant(1f), cancelled(n, toActive, toInactive, e, invariants));
        if (!high) {
            invariants.add(node.name(), family, out, sum, scale);
            return;
        }
        Operand<TFloat32> touched = invariants.indicator(
                tf.reduceAny(tf.math.notEqual(hedge, zero), tf.constant(2), ReduceAny.keepDims(true)));
        Operand<TFloat32> hasPositive = invariants.indicator(tf.math.greater(invariants.total(positive), zero));
        invariants.add(node.name(), family, out, tf.math.sub(sum, tf.math.mul(touched, hasPositive)), scale);
    }

    /**
     * What rounding may do to Σ B': the weight of inactive inputs is what that of active ones leaves of the kernel's, and where
     * few are inactive little is left of a difference of large numbers. In units of the self-check's tolerance.
     */
    private static Operand<TFloat32> cancelled(
            Operand<TFloat32> n,
            Operand<TFloat32> toActive,
            Operand<TFloat32> toInactive,
            RuleContext e,
            InvariantWriter invariants) {
        Ops tf = invariants.tf;
        Operand<TFloat32> ratio = tf.math.minimum(
                tf.math.mul(tf.math.divNoNan(toActive, toInactive), tf.constant(CANCELLED)),
                tf.constant(CANCELLED_MOST));
        return invariants.total(tf.math.mul(tf.math.abs(n), e.activationRows(ratio)));
    }
}
