package io.hedgerow.compiler.lrp;

import io.hedgerow.compiler.api.Precision;
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
import org.tensorflow.types.TFloat32;

/**
 * The z⁺ rule (Bach et al., α = 1, β = 0), at convolutions inside the network: inputs share by what they add to an output, and
 * what takes from it gets nothing. Bias, and batch normalisation right after the layer, count as part of it.
 */
final class PositiveRule implements Rule {

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
        // a bias that adds to the output takes its share
        return Conserves.AT_MOST;
    }

    @Override
    public void propagate(Node node, RuleContext e) {
        Ops tf = e.tf;
        Convolution layer = Convolution.of(node, e.network);
        MergedLayer merged = MergedLayer.of(layer, node, e.network);
        Operand<TFloat32> weights = merged.weights(e.activation(layer.weights()), tf);
        Ops now = tf.withControlDependencies(e.relevance(node));
        TensorRef input = layer.input();
        Operand<TFloat32> x = e.activation(input);
        Operand<TFloat32> raised = e.activations.positive(input, now);
        Filter<?> up = Filter.of(layer, tf.nn.relu(weights), Precision.FLOAT32, tf);
        Operand<TFloat32> z = up.forward(now, raised);
        if (e.activations.isNonNegative(input)) {
            Operand<TFloat32> s = share(merged, z, node, e);
            e.send(input, tf.math.mul(e.activationRows(x), back(up, s, input, e)));
            return;
        }
        Operand<TFloat32> lowered = now.math.minimum(x, tf.constant(0f));
        Filter<?> down = Filter.of(layer, tf.math.minimum(weights, tf.constant(0f)), Precision.FLOAT32, tf);
        Operand<TFloat32> s = share(merged, tf.math.add(z, down.forward(now, lowered)), node, e);
        e.send(
                input,
                tf.math.add(
                        tf.math.mul(e.activationRows(raised), back(up, s, input, e)),
                        tf.math.mul(e.activationRows(lowered), back(down, s, input, e))));
    }

    private static Operand<TFloat32> share(MergedLayer merged, Operand<TFloat32> z, Node node, RuleContext e) {
        return e.stacked(e.divided(e.relevance(node), e.tf.math.add(z, merged.positiveBias(e.tf))), node.output());
    }

    private static Operand<TFloat32> back(Filter<?> filter, Operand<TFloat32> s, TensorRef input, RuleContext e) {
        return e.rows(filter.back(s, e.stackedShape(input)));
    }
}
