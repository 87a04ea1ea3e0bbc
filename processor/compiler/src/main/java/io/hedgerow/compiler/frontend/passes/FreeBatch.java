package io.hedgerow.compiler.frontend.passes;

import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.frontend.flat.Constants;
import io.hedgerow.compiler.frontend.flat.Evaluator;
import io.hedgerow.compiler.frontend.flat.FlatGraph;
import io.hedgerow.compiler.frontend.flat.Skeleton;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;

/**
 * Frees the batch of a model that was saved for a fixed one, mostly for one image. What stands in its way are reshapes
 * with their sizes written out: images come first in a tensor's order, so that only the first size grows with the batch.
 */
public final class FreeBatch {
    private static final int SOME_BATCH = 3;

    private FreeBatch() {}

    public static FlatGraph free(FlatGraph graph, Shape input) {
        Map<String, NodeDef> nodes = new LinkedHashMap<>();
        Set<String> dynamic = graph.after(Set.of(graph.image()));
        try (Evaluator shapes = new Evaluator(Skeleton.of(graph, input).graph())) {
            for (NodeDef node : graph.nodes().values()) {
                Shape shape = node.getOp().equals("Reshape") && dynamic.contains(node.getName())
                        ? shapes.shape(node.getName() + ":0")
                        : Shape.unknown();
                if (node.getName().equals(graph.image())) {
                    nodes.put(
                            node.getName(),
                            Constants.placeholder(
                                    node.getName(),
                                    Constants.type(node, Constants.DTYPE),
                                    input.tail().prepend(-1)));
                } else if (node.getOp().equals("Conv2DBackpropInput")) {
                    writePlane(node, shapes.shape(node.getName() + ":0"), nodes);
                } else if (shape.isUnknown() || shape.hasUnknownDimension() || shape.numDimensions() == 0) {
                    nodes.put(node.getName(), node);
                } else {
                    write(node, shape.asArray(), nodes);
                }
            }
        }
        FlatGraph freed = new FlatGraph(nodes, graph.image(), graph.output(), graph.versions());
        check(freed, input);
        return freed.upTo(List.of(freed.output()));
    }

    private static void write(NodeDef reshape, long[] sizes, Map<String, NodeDef> nodes) {
        sizes[0] = -1;
        String name = reshape.getName() + "/free";
        DataType type = Constants.type(reshape, "Tshape") == DataType.DT_INT64 ? DataType.DT_INT64 : DataType.DT_INT32;
        nodes.put(name, Constants.node(name, Constants.integers(type, Shape.of(sizes.length), sizes)));
        nodes.put(
                reshape.getName(), reshape.toBuilder().setInput(1, name + ":0").build());
    }

    /** A transposed convolution takes its output's height and width as well as all of its shape. */
    private static void writePlane(NodeDef convolution, Shape shape, Map<String, NodeDef> nodes) {
        if (shape.isUnknown() || shape.hasUnknownDimension()) {
            nodes.put(convolution.getName(), convolution);
            return;
        }
        String name = convolution.getName() + "/free";
        nodes.put(
                name,
                Constants.node(name, Constants.integers(DataType.DT_INT32, Shape.of(2), shape.get(1), shape.get(2))));
        nodes.put(
                convolution.getName(),
                convolution.toBuilder().setInput(0, name + ":0").build());
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
