package io.hedgerow.compiler.method;

import io.hedgerow.compiler.graph.NodeDefs;
import io.hedgerow.compiler.graph.Operations;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;

/**
 * Rounding as if quantised, with the gradient that such networks are trained with: the identity within the range, 0 outside.
 * TensorFlow's C++ library has none. Written as x within the range and, apart, what rounding adds to it.
 */
final class StraightThrough {
    /** What the names of tensors end with that hold what rounding adds: no gradient passes them. */
    static final String ROUNDING = "/hedgerow_rounding";

    /** The operation that passes a gradient within the range; others pass all. */
    private static final Map<String, String> WITHIN = Map.of(
            "FakeQuantWithMinMaxArgs", "FakeQuantWithMinMaxArgsGradient",
            "FakeQuantWithMinMaxVars", "FakeQuantWithMinMaxVarsGradient",
            "FakeQuantWithMinMaxVarsPerChannel", "FakeQuantWithMinMaxVarsPerChannelGradient");

    private StraightThrough() {}

    /** The nodes that compute the same as one that rounds, the last of them under its name; any other node alone. */
    static List<NodeDef> of(NodeDef node) {
        if (!Operations.isRounding(node.getOp())) {
            return List.of(node);
        }
        String name = node.getName();
        String x = node.getInput(0);
        List<NodeDef> nodes = new ArrayList<>();
        nodes.add(node.toBuilder().setName(name + "/hedgerow_rounded").build());
        String kept = x;
        String gradient = WITHIN.get(node.getOp());
        if (gradient != null) {
            NodeDef.Builder within = node.toBuilder()
                    .setName(name + "/hedgerow_within")
                    .setOp(gradient)
                    .clearInput()
                    .addInput(name + "/hedgerow_one");
            node.getInputList().forEach(within::addInput);
            kept = name + "/hedgerow_kept";
            nodes.add(of(name + "/hedgerow_one", "OnesLike", x));
            nodes.add(within.build());
            nodes.add(of(name + "/hedgerow_mask", "StopGradient", name + "/hedgerow_within"));
            nodes.add(of(kept, "Mul", x, name + "/hedgerow_mask"));
        }
        nodes.add(of(name + "/hedgerow_difference", "Sub", name + "/hedgerow_rounded", kept));
        nodes.add(of(name + ROUNDING, "StopGradient", name + "/hedgerow_difference"));
        nodes.add(of(name, "AddV2", kept, name + ROUNDING));
        return nodes;
    }

    /** The nodes of a graph that hold what rounding adds. */
    static List<String> roundings(Graph graph) {
        List<String> roundings = new ArrayList<>();
        graph.operations().forEachRemaining(operation -> {
            if (operation.name().endsWith(ROUNDING)) {
                roundings.add(operation.name());
            }
        });
        return roundings;
    }

    private static NodeDef of(String name, String operation, String... inputs) {
        return NodeDefs.node(name, operation, inputs)
                .putAttr("T", NodeDefs.attribute(DataType.DT_FLOAT))
                .build();
    }
}
