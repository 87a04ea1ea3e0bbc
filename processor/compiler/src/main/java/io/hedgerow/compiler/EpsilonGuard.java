package io.hedgerow.compiler;

import io.hedgerow.compiler.graph.Constant;
import io.hedgerow.compiler.graph.NodeDefs;
import io.hedgerow.compiler.graph.TensorProtos;
import io.hedgerow.compiler.graph.TensorRef;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;

/**
 * Keeps the ε of normalisations. Where TensorFlow uses oneDNN, its optimiser makes one operation of the parts of a layer
 * normalisation whose weights are constants, and puts 0.001 in place of the ε that was there (FindMklLayerNorm in its
 * remapper). Subtracting −ε is the same number, and no part of what it looks for.
 */
final class EpsilonGuard {
    // RATIONALE: Why is a normalisation's ε subtracted as −ε?
    private static final Set<String> SUMS = Set.of("Add", "AddV2");
    private static final String ROOT = "Rsqrt";

    private final Map<String, NodeDef> nodes = new HashMap<>();

    private EpsilonGuard(GraphDef graph) {
        graph.getNodeList().forEach(node -> nodes.put(node.getName(), node));
    }

    /** The same graph, sums of a variance and a constant written as differences. */
    static GraphDef of(GraphDef graph) {
        EpsilonGuard guard = new EpsilonGuard(graph);
        Set<String> rooted = graph.getNodeList().stream()
                .filter(node -> node.getOp().equals(ROOT))
                .map(node -> TensorRef.parse(node.getInput(0)).node())
                .collect(Collectors.toSet());
        GraphDef.Builder guarded = graph.toBuilder().clearNode();
        for (NodeDef node : graph.getNodeList()) {
            guarded.addAllNode(rooted.contains(node.getName()) ? guard.guarded(node) : List.of(node));
        }
        return guarded.build();
    }

    private List<NodeDef> guarded(NodeDef node) {
        if (!SUMS.contains(node.getOp())) {
            return List.of(node);
        }
        for (int side = 0; side < 2; side++) {
            NodeDef epsilon = nodes.get(TensorRef.parse(node.getInput(side)).node());
            if (epsilon != null && isFloats(epsilon)) {
                NodeDef negative = negated(epsilon, node.getName() + "/negative");
                NodeDef.Builder difference = node.toBuilder()
                        .setOp("Sub")
                        .setInput(0, node.getInput(1 - side))
                        .setInput(1, negative.getName());
                return List.of(negative, difference.build());
            }
        }
        return List.of(node);
    }

    private static boolean isFloats(NodeDef node) {
        return NodeDefs.isConstant(node) && NodeDefs.value(node).getDtype() == DataType.DT_FLOAT;
    }

    private static NodeDef negated(NodeDef constant, String name) {
        TensorProto value = NodeDefs.value(constant);
        float[] negative = Constant.of(value).values().clone();
        for (int i = 0; i < negative.length; i++) {
            negative[i] = -negative[i];
        }
        return NodeDefs.constant(name, TensorProtos.floats(TensorProtos.shape(value), negative));
    }
}
