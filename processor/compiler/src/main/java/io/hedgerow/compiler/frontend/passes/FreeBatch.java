package io.hedgerow.compiler.frontend.passes;

import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.frontend.flat.Evaluator;
import io.hedgerow.compiler.frontend.flat.FlatGraph;
import io.hedgerow.compiler.frontend.flat.FlatGraphWriter;
import io.hedgerow.compiler.frontend.flat.Skeleton;
import io.hedgerow.compiler.graph.NodeDefs;
import io.hedgerow.compiler.graph.Operations;
import io.hedgerow.compiler.graph.TensorProtos;
import java.util.Arrays;
import java.util.Set;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;

/**
 * Frees the batch of a model that was saved for a fixed one, mostly for one image. What stands in its way are reshapes
 * with their sizes written out: images come first in a tensor's order, so that only the first size grows with the batch.
 */
final class FreeBatch implements GraphPass {
    private static final int SOME_BATCH = 3;

    @Override
    public String name() {
        return "free batch";
    }

    @Override
    public FlatGraph apply(FlatGraph graph, Evaluator shapes) {
        Shape input = graph.inputShape();
        if (input.get(0) < 0) {
            return graph;
        }
        FlatGraphWriter out = new FlatGraphWriter(graph);
        Set<String> dynamic = graph.after(Set.of(graph.image()));
        for (NodeDef node : graph.nodes().values()) {
            boolean isReshape = node.getOp().equals("Reshape") && dynamic.contains(node.getName());
            if (node.getName().equals(graph.image())) {
                out.put(NodeDefs.placeholder(
                        node.getName(), graph.inputType(), input.tail().prepend(-1)));
            } else if (isReshape || Operations.isTransposedConvolution(node)) {
                Shape shape = shapes.shape(node.getName() + ":0");
                boolean isKnown = !shape.isUnknown() && !shape.hasUnknownDimension() && shape.numDimensions() > 0;
                out.put(!isKnown ? node : isReshape ? reshape(node, shape, out) : plane(node, shape, out));
            } else {
                out.put(node);
            }
        }
        FlatGraph freed = out.written();
        check(freed, input);
        return freed;
    }

    private static NodeDef reshape(NodeDef reshape, Shape shape, FlatGraphWriter out) {
        long[] sizes = shape.asArray();
        sizes[0] = -1;
        DataType type = NodeDefs.type(reshape, "Tshape") == DataType.DT_INT64 ? DataType.DT_INT64 : DataType.DT_INT32;
        String freed =
                out.constant(reshape.getName() + "/free", TensorProtos.integers(type, Shape.of(sizes.length), sizes));
        return reshape.toBuilder().setInput(1, freed).build();
    }

    /** A transposed convolution takes its output's height and width as well as all of its shape. */
    private static NodeDef plane(NodeDef convolution, Shape shape, FlatGraphWriter out) {
        String freed = out.constant(
                convolution.getName() + "/free",
                TensorProtos.integers(DataType.DT_INT32, Shape.of(2), shape.get(1), shape.get(2)));
        return convolution.toBuilder().setInput(0, freed).build();
    }

    private static void check(FlatGraph freed, Shape input) {
        Shape output;
        try (Evaluator shapes = new Evaluator(
                Skeleton.of(freed, input.tail().prepend(SOME_BATCH)).graph())) {
            output = shapes.shape(freed.output());
        } catch (ModelRefusedException e) {
            throw refused(input, String.valueOf(e.getMessage()));
        }
        if (output.isUnknown() || output.numDimensions() == 0 || output.get(0) != SOME_BATCH) {
            throw refused(input, "its output would be of shape " + Arrays.toString(output.asArray()));
        }
    }

    private static ModelRefusedException refused(Shape input, String reason) {
        return new ModelRefusedException(
                "the model takes batches of %d and can't be made to take others: save it with a free batch, None (%s)"
                        .formatted(input.get(0), reason));
    }
}
