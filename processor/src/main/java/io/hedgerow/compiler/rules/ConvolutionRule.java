package io.hedgerow.compiler.rules;

import io.hedgerow.compiler.network.Constant;
import io.hedgerow.compiler.network.Network;
import io.hedgerow.compiler.network.Node;
import java.util.Optional;
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
        Transposition back = new Transposition(layer, magnitude, Optional.of(weights), e);
        Operand<TFloat32> ones = Ones.through(layer, magnitude, e);

        Operand<TFloat32> positiveX = e.positive(layer.input());
        Operand<TBool> active = tf.math.greater(e.activation(layer.input()), zero);
        Operand<TFloat32> activeWeight = layer.forward(tf, e.indicator(active), weights);
        // what the inactive inputs weigh, without a convolution of their own: up to rounding, which only shows where
        // there is no inactive input to receive it
        Operand<TFloat32> inactiveWeight = tf.math.sub(ones, activeWeight);
        Operand<TFloat32> hedgeWeight = layer.forward(tf, positiveX, weights);

        Operand<TFloat32> relevance = e.relevance(node);
        Operand<TFloat32> positive = tf.nn.relu(relevance);
        Operand<TFloat32> negative = tf.math.minimum(relevance, zero);
        Operand<TFloat32> positiveTotal = e.total(positive);
        Operand<TFloat32> p = tf.math.mul(positive, inverse(positiveTotal, e));
        Operand<TFloat32> n = tf.math.mul(negative, inverse(tf.math.neg(e.total(negative)), e));

        boolean hedged = layer.kernelHeight() > 1;
        Operand<TFloat32> both = tf.math.add(hedged ? tf.math.mul(p, e.ratio) : p, n);
        Operand<TFloat32> hedge = tf.math.mul(e.activationRows(positiveX), share(both, hedgeWeight, node, back, e));
        Operand<TFloat32> toActive = tf.math.add(hedge, share(p, activeWeight, node, back, e));
        if (hedged) {
            toActive = tf.math.sub(toActive, shift(hedge, positiveTotal, e));
        }
        Operand<TFloat32> toInactive = share(n, inactiveWeight, node, back, e);
        e.send(layer.input(), tf.select(e.activationRows(active), toActive, toInactive));
    }

    /** Of one number for each image and class, so that dividing their entries is multiplying. */
    private static Operand<TFloat32> inverse(Operand<TFloat32> totals, Emission e) {
        return e.tf.math.divNoNan(e.tf.constant(1f), totals);
    }

    /** convT(relevance ⊘ weight, |W|), as rows. */
    private static Operand<TFloat32> share(
            Operand<TFloat32> relevance, Operand<TFloat32> weight, Node node, Transposition back, Emission e) {
        Operand<TFloat32> scaled = e.tf.math.divNoNan(relevance, e.activationRows(weight));
        return e.rows(back.at(e.stacked(scaled, node.output())));
    }

    /** 1 in all, spread over the entries that aren't 0, where there was positive relevance. */
    private static Operand<TFloat32> shift(Operand<TFloat32> hedge, Operand<TFloat32> positiveTotal, Emission e) {
        Ops tf = e.tf;
        Operand<TFloat32> zero = tf.constant(0f);
        Operand<TFloat32> touched = e.indicator(tf.math.notEqual(hedge, zero));
        Operand<TFloat32> each = tf.math.divNoNan(e.indicator(tf.math.greater(positiveTotal, zero)), e.total(touched));
        return tf.math.mul(touched, each);
    }
}
