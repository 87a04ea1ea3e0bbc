package io.hedgerow.compiler.frontend.flat;

import io.hedgerow.compiler.graph.NodeDefs;
import io.hedgerow.compiler.graph.TensorRef;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.VersionDef;

/**
 * One graph from the image to the output: nodes in topological order, inputs always written {@code node:port}.
 * Immutable.
 *
 * @param nodes by name, each after those it takes its inputs from
 * @param image the placeholder's name
 * @param output the output's tensor, as {@code node:port}
 * @param versions which TensorFlow made the graph
 */
public record FlatGraph(Map<String, NodeDef> nodes, String image, String output, VersionDef versions) {

    /** The images' shape, N first; -1 for what is free. */
    public Shape inputShape() {
        return NodeDefs.shape(node(image));
    }

    /** Element type of the images. */
    public DataType inputType() {
        return NodeDefs.type(node(image), NodeDefs.DTYPE);
    }

    public NodeDef node(String name) {
        NodeDef node = nodes.get(name);
        if (node == null) {
            throw new IllegalArgumentException("no node " + name);
        }
        return node;
    }

    /** A name for one more node: this one, or another like it where a node has it already. */
    public String free(String name) {
        String free = name;
        while (nodes.containsKey(free)) {
            free += "_";
        }
        return free;
    }

    /** The same graph with other names for some nodes. */
    public FlatGraph renamed(Map<String, String> names) {
        Map<String, NodeDef> all = new LinkedHashMap<>();
        nodes.forEach((name, node) -> {
            String own = names.getOrDefault(name, name);
            NodeDef.Builder changed = node.toBuilder().setName(own).clearInput();
            node.getInputList().forEach(input -> changed.addInput(renamed(input, names)));
            all.put(own, changed.build());
        });
        return new FlatGraph(all, names.getOrDefault(image, image), renamed(output, names), versions);
    }

    private static String renamed(String tensor, Map<String, String> names) {
        TensorRef old = TensorRef.parse(tensor);
        String name = names.get(old.node());
        return name == null ? tensor : new TensorRef(name, old.index()).toString();
    }

    public GraphDef toProto() {
        return GraphDef.newBuilder()
                .setVersions(versions)
                .addAllNode(nodes.values())
                .build();
    }

    /** The names of the nodes that something of {@code sources} flows into, these included. */
    public Set<String> after(Set<String> sources) {
        Set<String> after = new HashSet<>(sources);
        for (NodeDef node : nodes.values()) {
            if (node.getInputList().stream().anyMatch(input -> after.contains(TensorRef.nodeOf(input)))) {
                after.add(node.getName());
            }
        }
        return after;
    }

    /** What {@code tensors} need, and nothing else. */
    public FlatGraph upTo(Collection<String> tensors) {
        Set<String> needed = new HashSet<>();
        Deque<String> open = new ArrayDeque<>();
        tensors.forEach(tensor -> open.add(TensorRef.nodeOf(tensor)));
        while (!open.isEmpty()) {
            String name = open.pop();
            NodeDef node = nodes.get(name);
            if (node != null && needed.add(name)) {
                node.getInputList().forEach(input -> open.add(TensorRef.nodeOf(input)));
            }
        }
        Map<String, NodeDef> kept = new LinkedHashMap<>(nodes);
        kept.keySet().retainAll(needed);
        return new FlatGraph(kept, image, output, versions);
    }

    /** The same graph with other nodes under the same names. */
    public FlatGraph map(UnaryOperator<NodeDef> change) {
        Map<String, NodeDef> changed = new LinkedHashMap<>();
        nodes.forEach((name, node) -> changed.put(name, change.apply(node)));
        return new FlatGraph(changed, image, output, versions);
    }

    /** The graph that takes constants in place of computed tensors, without what is then no longer needed. */
    public FlatGraph fold(Map<String, TensorProto> values) {
        FlatGraph replaced = replaced(values);
        return replaced.upTo(List.of(replaced.output));
    }

    /** The same with all that was there. */
    public FlatGraph replaced(Map<String, TensorProto> values) {
        Map<String, NodeDef> all = new LinkedHashMap<>();
        Map<String, String> renamed = new HashMap<>();
        values.forEach((tensor, value) -> {
            String name = TensorRef.nodeOf(tensor)
                    + (TensorRef.parse(tensor).index() == 0
                            ? "/folded"
                            : "/folded_" + TensorRef.parse(tensor).index());
            String free = free(name);
            all.put(free, NodeDefs.constant(free, value));
            renamed.put(tensor, free + ":0");
        });
        nodes.forEach((name, node) -> all.put(name, withInputs(node, renamed)));
        return new FlatGraph(all, image, renamed.getOrDefault(output, output), versions);
    }

    /** The graph in which one tensor stands wherever another one stood. */
    public FlatGraph bypass(String tensor, String replacement) {
        Map<String, String> renamed = Map.of(tensor, replacement);
        String newOutput = renamed.getOrDefault(output, output);
        FlatGraph bypassed = map(node -> withInputs(node, renamed));
        return new FlatGraph(bypassed.nodes, image, newOutput, versions).upTo(List.of(newOutput));
    }

    /**
     * The graph that takes other images, and makes of them first what it took.
     *
     * @param placeholder takes them, under the old one's name
     * @param first the nodes that make it, the last of them what was taken
     */
    public FlatGraph takingFirst(NodeDef placeholder, List<NodeDef> first) {
        FlatGraph renamed = bypass(image + ":0", first.get(first.size() - 1).getName() + ":0");
        Map<String, NodeDef> all = new LinkedHashMap<>();
        all.put(image, placeholder);
        first.forEach(node -> all.put(node.getName(), node));
        renamed.nodes.forEach(all::putIfAbsent);
        return new FlatGraph(all, image, renamed.output, versions);
    }

    private static NodeDef withInputs(NodeDef node, Map<String, String> renamed) {
        if (node.getInputList().stream().noneMatch(renamed::containsKey)) {
            return node;
        }
        NodeDef.Builder changed = node.toBuilder().clearInput();
        node.getInputList().forEach(input -> changed.addInput(renamed.getOrDefault(input, input)));
        return changed.build();
    }
}
