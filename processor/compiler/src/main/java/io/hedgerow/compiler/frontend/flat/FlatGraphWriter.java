package io.hedgerow.compiler.frontend.flat;

import io.hedgerow.compiler.graph.NodeDefs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;

/** A flat graph that is written in place of another one, node by node, each after those it takes its inputs from. */
public final class FlatGraphWriter {
    private final FlatGraph replaced;
    private final Map<String, NodeDef> nodes = new LinkedHashMap<>();

    public FlatGraphWriter(FlatGraph replaced) {
        this.replaced = replaced;
    }

    /**
     * Adds a node.
     *
     * @return its first output, as {@code node:0}
     * @throws IllegalStateException if another one has its name
     */
    public String put(NodeDef node) {
        if (nodes.put(node.getName(), node) != null) {
            throw new IllegalStateException("two nodes are called " + node.getName());
        }
        return node.getName() + ":0";
    }

    /** Adds a constant; returns it as {@code node:0}. */
    public String constant(String name, TensorProto value) {
        return put(NodeDefs.constant(name, value));
    }

    /** The graph, without what its output doesn't need. */
    public FlatGraph written() {
        return new FlatGraph(nodes, replaced.image(), replaced.output(), replaced.versions())
                .upTo(List.of(replaced.output()));
    }
}
