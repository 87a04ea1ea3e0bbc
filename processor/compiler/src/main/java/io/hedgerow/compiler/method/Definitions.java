package io.hedgerow.compiler.method;

import io.hedgerow.compiler.graph.NodeDefs;
import io.hedgerow.compiler.graph.TensorRef;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/** Changes to a graph's definition. */
final class Definitions {
    private Definitions() {}

    /** The graph with each of its nodes changed. */
    static GraphDef mapped(GraphDef graph, UnaryOperator<NodeDef> change) {
        GraphDef.Builder mapped = graph.toBuilder().clearNode();
        graph.getNodeList().forEach(node -> mapped.addNode(change.apply(node)));
        return mapped.build();
    }

    /** The graph without what none of some nodes needs. */
    static GraphDef needed(GraphDef graph, Collection<String> outputs) {
        Map<String, NodeDef> nodes = new LinkedHashMap<>();
        graph.getNodeList().forEach(node -> nodes.put(node.getName(), node));
        Deque<String> open = new ArrayDeque<>(outputs);
        Set<String> needed = new HashSet<>();
        while (!open.isEmpty()) {
            NodeDef node = nodes.get(open.pop());
            if (node != null && needed.add(node.getName())) {
                NodeDefs.read(node).map(TensorRef::node).forEach(open::push);
                NodeDefs.awaited(node).forEach(open::push);
            }
        }
        nodes.keySet().retainAll(needed);
        return graph.toBuilder().clearNode().addAllNode(nodes.values()).build();
    }

    /**
     * The graph with an attribute at some nodes.
     *
     * @param values what it is, by the node's name
     */
    static GraphDef withAttribute(String attribute, Map<String, String> values, GraphDef graph) {
        return mapped(graph, node -> {
            String value = values.get(node.getName());
            return value == null
                    ? node
                    : node.toBuilder()
                            .putAttr(attribute, NodeDefs.attribute(value))
                            .build();
        });
    }
}
