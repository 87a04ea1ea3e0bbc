package io.hedgerow.compiler.rules;

import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.layer.Convolution;
import io.hedgerow.compiler.propagation.Conserves;
import io.hedgerow.compiler.propagation.InvariantWriter;
import io.hedgerow.compiler.propagation.RuleContext;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.core.ReduceMin;
import org.tensorflow.types.TFloat32;

/**
 * All relevance where the input layer's Z isn't 0, which is where it can go.
 *
 * @param family of its rule
 */
record BoundedSums(String family) implements Conserves.Stated {

    @Override
    public void write(
            Node node,
            Operand<TFloat32> relevance,
            List<Operand<TFloat32>> sent,
            RuleContext e,
            InvariantWriter invariants) {
        Operand<TFloat32> expected =
                invariants.total(invariants.where(relevance, bounded(node, relevance, e, invariants.tf), e));
        invariants.add(
                node.name(),
                family,
                invariants.sum(sent),
                expected,
                invariants.sum(invariants.magnitudes(List.of(relevance))));
    }

    /** conv(x − l, W⁺) + conv(x − h, W⁻), which is Z. */
    private static Operand<TFloat32> bounded(Node node, Operand<TFloat32> relevance, RuleContext e, Ops tf) {
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
}
