package io.hedgerow.compiler.rules;

import io.hedgerow.compiler.network.Constant;
import io.hedgerow.compiler.network.Network;
import io.hedgerow.compiler.network.Node;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * Gradient hedging at a convolution inside the network: three shares of the positive and negative relevance, to what the
 * layer hedges between, to its active and to its inactive inputs (Nam &amp; Lee, section 3).
 */
final class ConvolutionRule implements Rule {

    @Override
    public String family() {
        return "convolution";
    }

    @Override
    public String operations() {
        return "Conv2D, DepthwiseConv2dNative, also between SpaceToBatchND and BatchToSpaceND";
    }

    @Override
    public boolean handles(Node node, Network network) {
        return Convolution.isLayer(node, network) && Convolution.convolutionsBefore(node, network) > 0;
    }

    @Override
    public void propagate(Node node, Emission e) {
        Ops tf = e.tf;
        Convolution layer = Convolution.of(node, e.network);
        Operand<TFloat32> zero = tf.constant(0f);
        Constant magnitude = Kernels.magnitude(layer.kernel());
        Operand<TFloat32> weights = e.constant(magnitude);
        Operand<TFloat32> ones = Ones.through(layer, magnitude, e);

        Operand<TFloat32> x = e.activation(layer.input());
        Operand<TFloat32> positiveX = tf.nn.relu(x);
        Operand<TBool> active = tf.math.greater(x, zero);
        Operand<TFloat32> activeWeight = layer.forward(tf, e.indicator(active), weights);
        // up to rounding what the inactive inputs weigh, without a convolution of their own
        Operand<TFloat32> inactiveWeight = tf.nn.relu(tf.math.sub(ones, activeWeight));
        Operand<TFloat32> hedgeWeight = layer.forward(tf, positiveX, weights);

        Operand<TFloat32> relevance = e.relevance(node);
        Operand<TFloat32> positive = tf.nn.relu(relevance);
        Operand<TFloat32> negative = tf.math.sub(relevance, positive);
        Operand<TFloat32> positiveTotal = e.total(positive);
        Operand<TFloat32> p = tf.math.divNoNan(positive, positiveTotal);
        Operand<TFloat32> n = tf.math.divNoNan(negative, tf.math.neg(e.total(negative)));

        boolean hedged = layer.kernelHeight() > 1;
        Operand<TFloat32> both = tf.math.add(hedged ? tf.math.mul(p, e.ratio) : p, n);
        Operand<TFloat32> hedge =
                tf.math.mul(e.activationRows(positiveX), back(both, hedgeWeight, node, layer, weights, e));
        if (hedged) {
            hedge = shift(hedge, positiveTotal, e);
        }
        Operand<TFloat32> toActive = back(p, activeWeight, node, layer, weights, e);
        Operand<TFloat32> toInactive = back(n, inactiveWeight, node, layer, weights, e);
        Operand<TBool> activeRows = tf.math.greater(e.activationRows(x), zero);
        e.send(layer.input(), tf.select(activeRows, tf.math.add(hedge, toActive), toInactive));
    }

    /** convT(share ⊘ weight, |W|), as rows. */
    private static Operand<TFloat32> back(
            Operand<TFloat32> share,
            Operand<TFloat32> weight,
            Node node,
            Convolution layer,
            Operand<TFloat32> kernel,
            Emission e) {
        Operand<TFloat32> scaled = e.tf.math.divNoNan(share, e.activationRows(weight));
        return e.rows(layer.transpose(e.tf, e.stacked(scaled, node.output()), kernel, e.stackedShape(layer.input())));
    }

    /** Takes 1 in all from the entries that aren't 0, where there was positive relevance. */
    private static Operand<TFloat32> shift(Operand<TFloat32> hedge, Operand<TFloat32> positiveTotal, Emission e) {
        Ops tf = e.tf;
        Operand<TFloat32> zero = tf.constant(0f);
        Operand<TFloat32> touched = e.indicator(tf.math.notEqual(hedge, zero));
        Operand<TFloat32> each = tf.math.divNoNan(e.indicator(tf.math.greater(positiveTotal, zero)), e.total(touched));
        return tf.math.sub(hedge, tf.math.mul(touched, each));
    }
}
