package io.hedgerow.compiler.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The order in which nodes can be computed. */
final class NodeOrder {
    private NodeOrder() {}

    /**
     * Sorts nodes so that each comes after all that feed it.
     *
     * @throws IllegalArgumentException if one is fed by a node that isn't there
     */
    static List<Node> of(Map<String, Node> nodes) {
        List<Node> sorted = new ArrayList<>();
        Set<String> done = new HashSet<>();
        Deque<Node> stack = new ArrayDeque<>();
        for (Node start : nodes.values()) {
            stack.push(start);
            while (!stack.isEmpty()) {
                Node node = stack.peek();
                boolean ready = true;
                for (TensorRef input : node.inputs()) {
                    if (!done.contains(input.node()) && !done.contains(node.name())) {
                        stack.push(node(input.node(), nodes));
                        ready = false;
                    }
                }
                if (ready) {
                    stack.pop();
                    if (done.add(node.name())) {
                        sorted.add(node);
                    }
                }
            }
        }
        return List.copyOf(sorted);
    }

    private static Node node(String name, Map<String, Node> nodes) {
        Node node = nodes.get(name);
        if (node == null) {
            throw new IllegalArgumentException("the graph has no node '" + name + "'");
        }
        return node;
    }
}
