package io.hedgerow.compiler.frontend.passes;

import io.hedgerow.compiler.frontend.flat.Evaluator;
import io.hedgerow.compiler.frontend.flat.FlatGraph;
import io.hedgerow.compiler.graph.NodeDefs;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.NodeDef;

/**
 * Keeps TensorFlow's optimiser from fusing a grouped convolution with the bias or normalisation after it: on CPUs the
 * fused kernel refuses groups, which the convolution by itself takes.
 */
final class GroupedConvolutions implements GraphPass {
    private static final String KEPT = "_grappler_do_not_remove";

    @Override
    public String name() {
        return "grouped convolutions";
    }

    @Override
    public FlatGraph apply(FlatGraph graph, Evaluator shapes) {
        return graph.map(node -> isGrouped(node, shapes)
                ? node.toBuilder().putAttr(KEPT, NodeDefs.attribute(true)).build()
                : node);
    }

    private static boolean isGrouped(NodeDef node, Evaluator shapes) {
        if (!node.getOp().equals("Conv2D")) {
            return false;
        }
        Shape images = shapes.shape(node.getInput(0));
        Shape kernel = shapes.shape(node.getInput(1));
        return images.numDimensions() == 4
                && kernel.numDimensions() == 4
                && images.get(3) > 0
                && kernel.get(2) > 0
                && images.get(3) != kernel.get(2);
    }
}
