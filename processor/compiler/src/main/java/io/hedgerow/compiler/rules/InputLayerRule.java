package io.hedgerow.compiler.rules;

import io.hedgerow.compiler.api.Precision;
import io.hedgerow.compiler.graph.Constant;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.layer.Convolution;
import io.hedgerow.compiler.layer.Filter;
import io.hedgerow.compiler.layer.Kernels;
import io.hedgerow.compiler.propagation.Conserves;
import io.hedgerow.compiler.propagation.RuleContext;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.core.ReduceMin;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** The bounded-input rule, at every convolution with no convolution before it (Nam &amp; Lee, section 3). */
public final class InputLayerRule extends FirstLayerRule {
    @Override
    protected Conserves conserves() {
        return new BoundedSums(family());
    }

    @Override
    public void propagate(Node node, RuleContext e) {
        Ops tf = e.tf;
        Convolution layer = Convolution.of(node, e.network);
        Constant positive = Kernels.positive(layer.kernel());
        Constant negative = Kernels.negative(layer.kernel());
        Operand<TFloat32> x = e.activation(layer.input());
        Operand<TInt32> perImage = tf.constant(new int[] {1, 2, 3});
        Operand<TFloat32> low = tf.reduceMin(x, perImage, ReduceMin.keepDims(true));
        Operand<TFloat32> high = tf.reduceMax(x, perImage, ReduceMax.keepDims(true));
        if (layer.hasZeroBorder()) {
            low = tf.math.minimum(low, tf.constant(0f));
            high = tf.math.maximum(high, tf.constant(0f));
        }

        // the layer's own output has no bias yet: it is conv(x, W)
        Operand<TFloat32> z = tf.math.sub(
                tf.math.sub(e.activation(node.output()), tf.math.mul(low, KernelSums.through(layer, positive, e))),
                tf.math.mul(high, KernelSums.through(layer, negative, e)));
        Operand<TFloat32> s = e.stacked(e.divided(e.relevance(node), z), node.output());
        List<Operand<TFloat32>> shares = shares(layer, s, positive, negative, e);
        e.send(
                layer.input(),
                tf.math.add(
                        tf.math.mul(e.activationRows(tf.math.sub(x, low)), shares.get(0)),
                        tf.math.mul(e.activationRows(tf.math.sub(x, high)), shares.get(1))));
    }

    /** convT(s, W⁺) and convT(s, W⁻), as rows; both at once where a kernel's inputs don't have outputs of their own. */
    private static List<Operand<TFloat32>> shares(
            Convolution layer, Operand<TFloat32> s, Constant positive, Constant negative, RuleContext e) {
        Operand<TInt32> shape = e.stackedShape(layer.input());
        if (!layer.addsUpInputs()) {
            return List.of(
                    e.rows(Filter.of(layer, e.constant(positive), Precision.FLOAT32, e.tf)
                            .back(s, shape)),
                    e.rows(Filter.of(layer, e.constant(negative), Precision.FLOAT32, e.tf)
                            .back(s, shape)));
        }
        Constant halves = Kernels.halves(layer.kernel());
        Operand<TFloat32> both =
                Filter.of(layer, e.constant(halves), Precision.FLOAT32, e.tf).back(s, shape);
        return e.tf.split(e.tf.constant(3), both, 2L).output().stream()
                .<Operand<TFloat32>>map(e::rows)
                .toList();
    }
}
