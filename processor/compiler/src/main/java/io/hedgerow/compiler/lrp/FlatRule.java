package io.hedgerow.compiler.lrp;

import io.hedgerow.compiler.api.Precision;
import io.hedgerow.compiler.graph.Constant;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.layer.Convolution;
import io.hedgerow.compiler.layer.Filter;
import io.hedgerow.compiler.propagation.Conserves;
import io.hedgerow.compiler.propagation.RuleContext;
import io.hedgerow.compiler.rules.FirstLayerRule;
import io.hedgerow.compiler.rules.KernelSums;
import java.util.Arrays;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** The flat rule (Lapuschkin et al., 2019), at first layers: whatever an output has is shared by all inputs that it sees. */
final class FlatRule extends FirstLayerRule {
    @Override
    protected Conserves conserves() {
        return Conserves.ALL;
    }

    @Override
    public void propagate(Node node, RuleContext e) {
        Convolution layer = Convolution.of(node, e.network);
        float[] ones = new float[layer.kernel().values().length];
        Arrays.fill(ones, 1);
        Constant kernel = new Constant(layer.kernel().shape(), ones);
        Operand<TFloat32> share = e.dividedForAll(e.relevance(node), KernelSums.through(layer, kernel, e));
        e.send(
                layer.input(),
                e.rows(Filter.of(layer, e.constant(kernel), Precision.FLOAT32, e.tf)
                        .back(e.stacked(share, node.output()), e.stackedShape(layer.input()))));
    }
}
