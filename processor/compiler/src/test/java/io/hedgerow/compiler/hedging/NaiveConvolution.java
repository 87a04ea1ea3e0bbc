package io.hedgerow.compiler.hedging;

import io.hedgerow.compiler.graph.Constant;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.layer.Convolution;
import io.hedgerow.compiler.layer.Kernels;
import io.hedgerow.compiler.propagation.RuleContext;
import java.util.Arrays;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;

/** The method's equations for a convolution, written down one by one, with one mistake. */
public final class NaiveConvolution extends AlteredRule {
    private final Mistake mistake;
    private final HedgingContext hedging;

    public enum Mistake {
        NONE,
        NO_ACTIVE_SHARE,
        NO_INACTIVE_SHARE,
        NO_SHIFT,
        NO_RATIO,
        RATIO_FOR_THE_NEGATIVE,
        SIGNED_KERNEL,
        PADDING_IS_INACTIVE,
        KERNEL_UPSIDE_DOWN,
        IMAGES_OF_A_BATCH_TOGETHER
    }

    public NaiveConvolution(Mistake mistake, HedgingContext hedging) {
        super(new ConvolutionRule(hedging));
        this.mistake = mistake;
        this.hedging = hedging;
    }

    @Override
    public void propagate(Node node, RuleContext e) {
        Ops tf = e.tf;
        Convolution layer = Convolution.of(node, e.network);
        Operand<TFloat32> zero = tf.constant(0f);
        Operand<TFloat32> one = tf.constant(1f);
        Operand<TFloat32> x = e.activation(layer.input());
        Constant kernel = mistake == Mistake.SIGNED_KERNEL ? layer.kernel() : Kernels.magnitude(layer.kernel());
        Operand<TFloat32> weights = e.constant(kernel);
        Operand<TFloat32> contributions = hedging.linear.isLinear(layer.input()) ? tf.math.abs(x) : tf.nn.relu(x);
        Operand<TFloat32> active = e.indicator(tf.math.greater(contributions, zero));
        Operand<TFloat32> inactive = e.indicator(tf.math.equal(contributions, zero));

        Operand<TFloat32> relevance = e.relevance(node);
        Operand<TFloat32> positive = tf.nn.relu(relevance);
        Operand<TFloat32> negative = tf.math.sub(relevance, positive);
        Operand<TFloat32> p = tf.math.divNoNan(positive, sum(positive, e));
        Operand<TFloat32> n = tf.math.neg(tf.math.divNoNan(negative, sum(negative, e)));
        boolean hedged = layer.kernelHeight() > 1;
        Operand<TFloat32> ratio = hedged && mistake != Mistake.NO_RATIO ? hedging.ratio : one;
        Operand<TFloat32> both = mistake == Mistake.RATIO_FOR_THE_NEGATIVE
                ? tf.math.add(p, tf.math.mul(n, ratio))
                : tf.math.add(tf.math.mul(p, ratio), n);

        Operand<TFloat32> c = tf.math.mul(
                e.activationRows(contributions),
                back(both, layer.forward(tf, contributions, weights), node, layer, kernel, e));
        if (hedged && mistake != Mistake.NO_SHIFT) {
            Operand<TFloat32> touched = e.indicator(tf.math.notEqual(c, zero));
            Operand<TFloat32> any = e.indicator(tf.math.greater(total(positive, e), zero));
            c = tf.math.sub(c, tf.math.mul(touched, tf.math.divNoNan(any, total(touched, e))));
        }
        if (mistake != Mistake.NO_ACTIVE_SHARE) {
            c = tf.math.add(
                    c,
                    tf.math.mul(
                            e.activationRows(active),
                            back(p, layer.forward(tf, active, weights), node, layer, kernel, e)));
        }
        if (mistake != Mistake.NO_INACTIVE_SHARE) {
            Operand<TFloat32> weight = layer.forward(tf, inactive, weights);
            if (mistake == Mistake.PADDING_IS_INACTIVE) {
                Operand<TFloat32> all = tf.reduceSum(weights, tf.constant(new int[] {0, 1, 2}));
                weight = tf.math.sub(all, layer.forward(tf, active, weights));
            }
            c = tf.math.add(c, tf.math.mul(e.activationRows(inactive), back(n, weight, node, layer, kernel, e)));
        }
        e.send(layer.input(), c);
    }

    private Operand<TFloat32> sum(Operand<TFloat32> rows, RuleContext e) {
        return mistake == Mistake.IMAGES_OF_A_BATCH_TOGETHER
                ? e.tf.reduceSum(rows, e.tf.constant(new int[] {1, 2}), ReduceSum.keepDims(true))
                : total(rows, e);
    }

    private static Operand<TFloat32> total(Operand<TFloat32> rows, RuleContext e) {
        return e.tf.reduceSum(rows, e.tf.constant(2), ReduceSum.keepDims(true));
    }

    private Operand<TFloat32> back(
            Operand<TFloat32> relevance,
            Operand<TFloat32> weight,
            Node node,
            Convolution layer,
            Constant kernel,
            RuleContext e) {
        Operand<TFloat32> scaled = e.tf.math.divNoNan(relevance, e.activationRows(weight));
        Constant used = mistake == Mistake.KERNEL_UPSIDE_DOWN ? upsideDown(kernel) : kernel;
        return e.rows(layer.transpose(
                e.tf, e.stacked(scaled, node.output()), e.constant(used), e.stackedShape(layer.input())));
    }

    private static Constant upsideDown(Constant kernel) {
        float[] values = kernel.values();
        int row = values.length / (int) kernel.shape()[0];
        float[] turned = new float[values.length];
        for (int from = 0; from < values.length; from += row) {
            System.arraycopy(Arrays.copyOfRange(values, from, from + row), 0, turned, values.length - row - from, row);
        }
        return new Constant(kernel.shape(), turned);
    }
}
