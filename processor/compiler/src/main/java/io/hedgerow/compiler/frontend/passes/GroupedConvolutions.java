package io.hedgerow.compiler.frontend.passes;

import io.hedgerow.compiler.frontend.flat.Evaluator;
import io.hedgerow.compiler.frontend.flat.FlatGraph;
import io.hedgerow.compiler.frontend.flat.Skeleton;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.NodeDef;

/**
 * Keeps TensorFlow's optimiser from fusing a grouped convolution with the bias or normalisation after it: on CPUs the
 * fused kernel refuses groups, which the convolution by itself takes.
 */
public final class GroupedConvolutions {
    private static final String KEPT = "_grappler_do_not_remove";

    private GroupedConvolutions() {}

    public static FlatGraph keep(FlatGraph graph, Shape input) {
        if (graph.nodes().values().stream().noneMatch(node -> node.getOp().equals("Conv2D"))) {
            return graph;
        }
        try (Evaluator shapes = new Evaluator(Skeleton.of(graph, input).graph())) {
            return graph.map(node -> isGrouped(node, shapes)
                    ? node.toBuilder()
                            .putAttr(KEPT, AttrValue.newBuilder().setB(true).build())
                            .build()
                    : node);
        }
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
