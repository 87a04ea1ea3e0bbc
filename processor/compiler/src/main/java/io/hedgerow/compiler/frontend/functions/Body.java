package io.hedgerow.compiler.frontend.functions;

import io.hedgerow.compiler.api.ModelRefusedException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;

/** Nodes that see each other's names: the main graph, or one function. */
public final class Body {
    private final String function;
    private final Map<String, NodeDef> nodes = new LinkedHashMap<>();
    private final Map<String, Integer> arguments = new HashMap<>();
    private final List<String> results;

    private Body(String function, List<NodeDef> nodes, List<OpDef.ArgDef> arguments, List<String> results) {
        this.function = function;
        this.results = results;
        for (NodeDef node : nodes) {
            if (this.nodes.put(node.getName(), node) != null) {
                throw new ModelRefusedException("two nodes are called %s%s".formatted(node.getName(), location()));
            }
        }
        for (OpDef.ArgDef argument : arguments) {
            this.arguments.put(argument.getName(), this.arguments.size());
        }
    }

    public static Body of(GraphDef graph) {
        return new Body("", graph.getNodeList(), List.of(), List.of());
    }

    public static Body of(FunctionDef function) {
        OpDef signature = function.getSignature();
        List<String> results = signature.getOutputArgList().stream()
                .map(output -> function.getRetOrDefault(output.getName(), ""))
                .toList();
        return new Body(signature.getName(), function.getNodeDefList(), signature.getInputArgList(), results);
    }

    Iterable<NodeDef> nodes() {
        return nodes.values();
    }

    public NodeDef node(String name) {
        NodeDef node = nodes.get(name);
        if (node == null) {
            throw new ModelRefusedException("node %s is used but not there%s".formatted(name, location()));
        }
        return node;
    }

    boolean isMain() {
        return function.isEmpty();
    }

    String function() {
        return function;
    }

    /** The position of an argument, or null if the name is a node's. */
    @Nullable
    Integer argument(String name) {
        return arguments.get(name);
    }

    String result(int index) {
        if (index < 0 || index >= results.size() || results.get(index).isEmpty()) {
            throw new ModelRefusedException("function %s has no result %d".formatted(function, index));
        }
        return results.get(index);
    }

    /** " in function F", or nothing for the main graph. */
    String location() {
        return isMain() ? "" : " in function " + function;
    }
}
