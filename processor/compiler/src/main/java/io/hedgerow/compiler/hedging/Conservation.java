package io.hedgerow.compiler.hedging;

import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.layer.Convolution;
import io.hedgerow.compiler.method.Invariant;
import io.hedgerow.compiler.method.PropagationListener;
import io.hedgerow.compiler.method.RelevanceTable;
import io.hedgerow.compiler.method.Rule;
import io.hedgerow.compiler.method.RuleContext;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceAny;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.core.ReduceMin;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * Writes beside each rule what its relevance must sum to, from the method's equations and with nothing of the rule's own:
 * every convolution here is a forward one, each in its own right.
 */
public final class Conservation implements PropagationListener {
    private static final String BRANCH = "branch of a linear sum";

    /** Four roundings of float32 for each unit of the ratio, over the tolerance of 1e-3; at most, all of it is lost. */
    private static final float CANCELLED = 4 * 6e-8f / 1e-3f;

    private static final float CANCELLED_MOST = 1 / 1e-3f;

    private final Ops tf;
    private final List<Invariant> invariants = new ArrayList<>();

    /**
     * Begins with no node seen.
     *
     * @param tf writes nodes that nothing of the explanation needs
     */
    public Conservation(Ops tf) {
        this.tf = tf;
    }

    public List<Invariant> invariants() {
        return invariants;
    }

    @Override
    public void saw(
            Node node, Rule rule, List<Operand<TFloat32>> received, List<Operand<TFloat32>> sent, RuleContext e) {
        if (sent.isEmpty()) {
            return;
        }
        Operand<TFloat32> out = sum(sent);
        boolean isLayer = Convolution.isLayer(node, e.network);
        boolean passes = rule.sendsAll(node, e.network);
        boolean normalises = rule instanceof BatchNormRule && BatchNormRule.isByStoredStatistics(node);
        boolean isLeftToConcatenation = normalises
                && ConcatRule.keepsWhereActive(e.network.signals(node).get(0), e.network);
        if (normalises && !isLeftToConcatenation) {
            add(
                    node,
                    rule.family(),
                    out,
                    total(whereInputIsNotZero(node, received.get(0), e)),
                    sum(magnitudes(received)));
        } else if (!isLayer
                && (passes || isLeftToConcatenation || (rule instanceof ResidualRule && sent.size() == 1))) {
            add(node, rule.family(), out, sum(received), sum(magnitudes(received)));
        } else if (rule instanceof ResidualRule) {
            add(
                    node,
                    rule.family(),
                    out,
                    total(whereOperandsAreNotZero(node, received.get(0), e)),
                    sum(magnitudes(received)));
        } else if (!isLayer) {
            // some is lost where entries are 0, cut off or padding, but none is made
            Operand<TFloat32> most = sum(magnitudes(received));
            Operand<TFloat32> arrived = sum(magnitudes(sent));
            add(node, rule.family(), arrived, tf.math.minimum(arrived, most), most);
        } else if (Convolution.of(node, e.network).hasZeroBorder()) {
            // an unknown part goes to the border, which is no part of the input: finite is all that can be said
            add(node, rule.family(), out, out, tf.constant(1f));
        } else if (Convolution.convolutionsBefore(node, e.network) == 0) {
            Operand<TFloat32> relevance = received.get(0);
            add(
                    node,
                    rule.family(),
                    out,
                    total(where(relevance, bounded(node, relevance, e), e)),
                    sum(magnitudes(received)));
        } else {
            hedged(node, rule, received.get(0), sent, e);
        }
    }

    @Override
    public void leftPart(List<RelevanceTable.Sent> came, List<RelevanceTable.Sent> left, RuleContext e) {
        Operand<TFloat32> in = sum(evidence(came));
        String names =
                came.stream().map(one -> one.tensor().toString()).distinct().collect(Collectors.joining(", "));
        // where there is no evidence, what is against has the amount, and none of this is anything
        invariants.add(new Invariant(names, "network", name(sum(evidence(left))), name(in), name(in)));
    }

    @Override
    public void kept(Node layer, RelevanceTable.Sent received, RelevanceTable.Sent sent, RelevanceTable.Sent kept) {
        Operand<TFloat32> evidence = sum(evidence(List.of(received)));
        Operand<TFloat32> factor = tf.math.divNoNan(evidence, sum(evidence(List.of(sent))));
        Operand<TFloat32> arrived = sum(evidence(List.of(kept)));
        add(layer, BRANCH, arrived, tf.math.mul(evidence, tf.math.sign(factor)), evidence);
        Operand<TFloat32> scale = total(tf.math.abs(kept.relevance()));
        add(layer, BRANCH, total(kept.relevance()), tf.math.mul(total(sent.relevance()), factor), scale);
    }

    private List<Operand<TFloat32>> evidence(List<RelevanceTable.Sent> relevances) {
        return relevances.stream()
                .<Operand<TFloat32>>map(one -> tf.nn.relu(one.relevance()))
                .toList();
    }

    /** What a batch normalisation keeps. A convolution before it is computed anew, or its output would be kept till now. */
    private Operand<TFloat32> whereInputIsNotZero(Node node, Operand<TFloat32> relevance, RuleContext e) {
        TensorRef x = e.network.signals(node).get(0);
        Node producer = e.network.producer(x);
        if (!Network.isConvolution(producer)) {
            return where(relevance, e.activation(x), e);
        }
        Convolution layer = Convolution.of(producer, e.network);
        Ops now = tf.withControlDependencies(relevance);
        return where(relevance, layer.forward(now, e.activation(layer.input()), e.activation(layer.weights())), e);
    }

    /** What operands that share by magnitude get. */
    private Operand<TFloat32> whereOperandsAreNotZero(Node node, Operand<TFloat32> relevance, RuleContext e) {
        return ResidualRule.heirs(node, e.network, e.linear).stream()
                .<Operand<TFloat32>>map(x -> tf.math.abs(e.activation(x)))
                .reduce(tf.math::add)
                .map(sum -> where(relevance, sum, e))
                .orElseThrow();
    }

    /** Σ (C + A' + B') of a convolution inside the network. */
    private void hedged(
            Node node, Rule rule, Operand<TFloat32> relevance, List<Operand<TFloat32>> sent, RuleContext e) {
        Operand<TFloat32> out = sum(sent);
        // when relevance has come this far, as the rules do, or every layer's weights would be kept at once
        Ops now = tf.withControlDependencies(relevance);
        Convolution layer = Convolution.of(node, e.network);
        Operand<TFloat32> zero = tf.constant(0f);
        Operand<TFloat32> x = e.activation(layer.input());
        Operand<TFloat32> contributions = e.linear.isLinear(layer.input()) ? now.math.abs(x) : now.nn.relu(x);
        Operand<TFloat32> weights = now.math.abs(e.activation(layer.weights()));
        Operand<TFloat32> active = indicator(now.math.greater(contributions, zero));
        Operand<TFloat32> inactive = indicator(now.math.equal(contributions, zero));

        Operand<TFloat32> positive = tf.nn.relu(relevance);
        Operand<TFloat32> negative = tf.math.sub(relevance, positive);
        Operand<TFloat32> p = tf.math.divNoNan(positive, total(positive));
        Operand<TFloat32> n = tf.math.neg(tf.math.divNoNan(negative, total(negative)));
        boolean high = layer.kernelHeight() > 1;
        Operand<TFloat32> both = tf.math.add(high ? tf.math.mul(p, e.ratio) : p, n);
        Operand<TFloat32> hedge = where(both, layer.forward(tf, contributions, weights), e);
        Operand<TFloat32> toActive = layer.forward(tf, active, weights);
        Operand<TFloat32> toInactive = layer.forward(tf, inactive, weights);
        Operand<TFloat32> sum =
                tf.math.add(total(hedge), tf.math.add(total(where(p, toActive, e)), total(where(n, toInactive, e))));
        Operand<TFloat32> magnitude = sum(magnitudes(sent));
        // no share takes from another, so that no entry can be larger than what it is a part of
        add(
                node,
                rule.family(),
                magnitude,
                tf.math.minimum(magnitude, tf.math.add(e.ratio, tf.constant(4f))),
                tf.constant(1f));
        Operand<TFloat32> scale = tf.math.add(tf.constant(1f), cancelled(n, toActive, toInactive, e));
        if (!high) {
            add(node, rule.family(), out, sum, scale);
            return;
        }
        Operand<TFloat32> touched =
                indicator(tf.reduceAny(tf.math.notEqual(hedge, zero), tf.constant(2), ReduceAny.keepDims(true)));
        Operand<TFloat32> hasPositive = indicator(tf.math.greater(total(positive), zero));
        add(node, rule.family(), out, tf.math.sub(sum, tf.math.mul(touched, hasPositive)), scale);
    }

    /**
     * What rounding may do to Σ B': the weight of inactive inputs is what that of active ones leaves of the kernel's, and where
     * few are inactive little is left of a difference of large numbers. In units of {@code SelfCheck}'s tolerance.
     */
    private Operand<TFloat32> cancelled(
            Operand<TFloat32> n, Operand<TFloat32> toActive, Operand<TFloat32> toInactive, RuleContext e) {
        Operand<TFloat32> ratio = tf.math.minimum(
                tf.math.mul(tf.math.divNoNan(toActive, toInactive), tf.constant(CANCELLED)),
                tf.constant(CANCELLED_MOST));
        return total(tf.math.mul(tf.math.abs(n), e.activationRows(ratio)));
    }

    /** conv(x − l, W⁺) + conv(x − h, W⁻), which is the input layer's Z. */
    private Operand<TFloat32> bounded(Node node, Operand<TFloat32> relevance, RuleContext e) {
        Convolution layer = Convolution.of(node, e.network);
        Operand<TFloat32> x = e.activation(layer.input());
        Operand<TFloat32> weights = e.activation(layer.weights());
        Ops now = tf.withControlDependencies(relevance);
        var perImage = tf.constant(new int[] {1, 2, 3});
        Operand<TFloat32> low = now.reduceMin(x, perImage, ReduceMin.keepDims(true));
        Operand<TFloat32> high = now.reduceMax(x, perImage, ReduceMax.keepDims(true));
        return tf.math.add(
                layer.forward(tf, tf.math.sub(x, low), now.nn.relu(weights)),
                layer.forward(tf, tf.math.sub(x, high), now.math.minimum(weights, tf.constant(0f))));
    }

    /** Relevance where the layer's weight isn't 0, which is where it can go. */
    private Operand<TFloat32> where(Operand<TFloat32> relevance, Operand<TFloat32> weight, RuleContext e) {
        return tf.math.mul(relevance, indicator(tf.math.notEqual(e.activationRows(weight), tf.constant(0f))));
    }

    private Operand<TFloat32> indicator(Operand<TBool> condition) {
        return tf.dtypes.cast(condition, TFloat32.class);
    }

    private Operand<TFloat32> total(Operand<TFloat32> rows) {
        return tf.reduceSum(rows, tf.constant(2), ReduceSum.keepDims(true));
    }

    private Operand<TFloat32> sum(List<Operand<TFloat32>> rows) {
        return rows.stream()
                .<Operand<TFloat32>>map(this::total)
                .reduce(tf.math::add)
                .orElseGet(() -> tf.constant(0f));
    }

    private List<Operand<TFloat32>> magnitudes(List<Operand<TFloat32>> rows) {
        return rows.stream().<Operand<TFloat32>>map(tf.math::abs).toList();
    }

    private void add(
            Node node, String family, Operand<TFloat32> actual, Operand<TFloat32> expected, Operand<TFloat32> scale) {
        invariants.add(new Invariant(node.name(), family, name(actual), name(expected), name(scale)));
    }

    private static String name(Operand<TFloat32> tensor) {
        return tensor.asOutput().op().name() + ":" + tensor.asOutput().index();
    }
}
