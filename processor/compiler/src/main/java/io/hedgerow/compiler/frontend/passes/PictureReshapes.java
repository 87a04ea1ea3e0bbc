package io.hedgerow.compiler.frontend.passes;

import io.hedgerow.compiler.frontend.flat.Evaluator;
import io.hedgerow.compiler.frontend.flat.FlatGraph;
import io.hedgerow.compiler.graph.Constant;
import io.hedgerow.compiler.graph.NodeDefs;
import io.hedgerow.compiler.graph.Operations;
import io.hedgerow.compiler.graph.TensorProtos;
import io.hedgerow.compiler.graph.TensorRef;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.NodeDef;

/**
 * Takes out the reshapes of pictures there and back that {@link FlatPictures} leaves, where nothing in between tells the two
 * apart.
 */
final class PictureReshapes implements GraphPass {
    /** Operations that compute each entry from the same entry of what they take. */
    static final Set<String> ENTRYWISE =
            Operations.with(Set.of("Cast", "Identity", "Neg", "Maximum", "Minimum", "ClipByValue"), Operations.AFFINE);
    /** Operations that give a picture axes. */
    static final Set<String> RESHAPES = Set.of("Reshape", "ExpandDims", "StridedSlice");

    @Override
    public String name() {
        return "reshapes of pictures";
    }

    @Override
    public FlatGraph apply(FlatGraph graph, Evaluator shapes) {
        String flat = graph.image() + FlatPictures.FLAT;
        if (!graph.nodes().containsKey(flat)) {
            return graph;
        }
        Shape pictures = graph.inputShape();
        Map<String, String> replaced = new HashMap<>(Map.of(flat + ":0", graph.image() + ":0"));
        Set<String> flats = new HashSet<>(Set.of(flat + ":0"));
        for (NodeDef node : graph.nodes().values()) {
            String output = node.getName() + ":0";
            if (node.getInputList().stream().noneMatch(flats::contains)) {
                continue;
            }
            if (isReshape(node, graph) && shapes.shape(output).tail().equals(pictures.tail())) {
                String x = node.getInput(0);
                replaced.put(output, replaced.getOrDefault(x, x));
            } else if (isEntrywise(node, flats, graph)) {
                flats.add(output);
            } else {
                return graph;
            }
        }
        FlatGraph simplified = graph;
        for (Map.Entry<String, String> entry : replaced.entrySet()) {
            simplified = simplified.bypass(entry.getKey(), entry.getValue());
        }
        return simplified;
    }

    private static boolean isReshape(NodeDef node, FlatGraph graph) {
        if (node.getOp().equals("StridedSlice")) {
            NodeDef strides = graph.node(TensorRef.nodeOf(node.getInput(3)));
            return NodeDefs.isConstant(strides)
                    && Arrays.stream(Constant.of(NodeDefs.value(strides)).integers())
                            .allMatch(stride -> stride == 1);
        }
        return RESHAPES.contains(node.getOp());
    }

    /** Whether each entry is computed from the same entry and single numbers. */
    private static boolean isEntrywise(NodeDef node, Set<String> flats, FlatGraph graph) {
        return ENTRYWISE.contains(node.getOp())
                && node.getInputList().stream()
                        .filter(input -> !flats.contains(input))
                        .allMatch(input -> {
                            NodeDef other = graph.node(TensorRef.nodeOf(input));
                            return NodeDefs.isConstant(other)
                                    && TensorProtos.shape(NodeDefs.value(other).getTensorShape())
                                                    .size()
                                            == 1;
                        });
    }
}
