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

    /** A name for a node that the replaced graph doesn't have: this one, or another like it. */
    public String free(String name) {
        return replaced.free(name);
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

    /** Adds a constant, of this name or another like it; returns it as {@code node:0}. */
    public String constant(String name, TensorProto value) {
        return put(NodeDefs.constant(free(name), value));
    }

    /** The graph, without what its output doesn't need. */
    public FlatGraph written() {
        return new FlatGraph(nodes, replaced.image(), replaced.output(), replaced.versions())
                .upTo(List.of(replaced.output()));
    }
}
