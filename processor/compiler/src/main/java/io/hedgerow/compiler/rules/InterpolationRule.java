package io.hedgerow.compiler.rules;

import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.propagation.Conserves;
import io.hedgerow.compiler.propagation.Rule;
import io.hedgerow.compiler.propagation.RuleContext;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Resizing between pixels: each entry is a weighted mean of some, and relevance goes back in proportion to what each of them
 * gave, as average pooling has it.
 */
public final class InterpolationRule implements Rule {
    private static final Set<String> OPERATIONS = Set.of("ResizeArea", "ResizeBicubic", "ResizeBilinear");
    private static final float TINY = 1e-9f;

    @Override
    public String family() {
        return "interpolation";
    }

    @Override
    public String operations() {
        return "ResizeArea, ResizeBicubic, ResizeBilinear";
    }

    @Override
    public boolean handles(Node node, Network network) {
        return OPERATIONS.contains(node.operation());
    }

    @Override
    public Conserves conserves(Node node, Network network) {
        return Conserves.ALL;
    }

    @Override
    public void propagate(Node node, RuleContext e) {
        TensorRef x = node.input(0);
        Operand<TFloat32> relevance = e.relevance(node);
        // when relevance has come this far, or what each resize weighs would be computed first and kept
        Ops now = e.tf.withControlDependencies(relevance);
        Resize resize = Resize.of(node, e);
        Operand<TFloat32> positive = now.math.add(e.activations.positive(x, now), e.tf.constant(TINY));
        Operand<TFloat32> share = e.divided(relevance, resize.forward(positive));
        Operand<TFloat32> back = resize.back(e.stacked(share, node.output()));
        e.send(x, e.tf.math.mul(e.activationRows(positive), e.rows(back)));
    }
}
