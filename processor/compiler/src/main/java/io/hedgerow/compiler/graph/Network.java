package io.hedgerow.compiler.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.tensorflow.Graph;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * A frozen classifier: what feeds what, what depends on the image, how many convolutions lie before each node, what axes count.
 *
 * <p>Immutable after construction; holds no native memory.
 */
public final class Network {
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Map<TensorRef, long[]> shapes = new HashMap<>();
    private final Map<TensorRef, List<Node>> consumers = new HashMap<>();
    private final Map<String, Integer> convolutions = new HashMap<>();
    private final Set<String> pooled = new HashSet<>();
    private final TensorRef image;
    private final List<Node> order;
    private final Layouts layouts;

    /**
     * @param definition a flat graph, its weights as constants
     * @param input the name of the placeholder that takes the images
     */
    public Network(GraphDef definition, String input) {
        for (NodeDef node : definition.getNodeList()) {
            nodes.put(node.getName(), Node.of(node));
        }
        this.image = new TensorRef(input, 0);
        for (Node node : nodes.values()) {
            for (TensorRef source : node.inputs()) {
                consumers.computeIfAbsent(source, s -> new ArrayList<>()).add(node);
            }
        }
        this.order = NodeOrder.of(nodes);
        for (Node node : order) {
            if (dependsOnImage(node)) {
                convolutions.put(node.name(), before(node) + (Operations.isConvolution(node) ? 1 : 0));
                if (Operations.isPooling(node) || node.inputs().stream().anyMatch(in -> pooled.contains(in.node()))) {
                    pooled.add(node.name());
                }
            } else if (node.name().equals(input)) {
                convolutions.put(input, 0);
            }
        }
        try (Graph graph = new Graph()) {
            graph.importGraphDef(Weights.of(definition).others());
            for (Node node : nodes.values()) {
                var operation = graph.operationOrThrow(node.name());
                for (int i = 0; i < operation.numOutputs(); i++) {
                    var shape = operation.output(i).shape();
                    if (!shape.isUnknown()) {
                        shapes.put(new TensorRef(node.name(), i), shape.asArray());
                    }
                }
            }
        }
        this.layouts = new Layouts(order, image, this::dependsOnImage, shapes, this::constant);
    }

    public TensorRef image() {
        return image;
    }

    public Collection<Node> nodes() {
        return Collections.unmodifiableCollection(nodes.values());
    }

    /** The nodes, each after all that feed it. */
    public List<Node> order() {
        return order;
    }

    public Node node(String name) {
        Node node = nodes.get(name);
        if (node == null) {
            throw new IllegalArgumentException("the graph has no node '" + name + "'");
        }
        return node;
    }

    public Node producer(TensorRef tensor) {
        return node(tensor.node());
    }

    public boolean contains(String name) {
        return nodes.containsKey(name);
    }

    public List<Node> consumers(TensorRef tensor) {
        return consumers.getOrDefault(tensor, List.of());
    }

    /** Dimensions, -1 where unknown; empty if even the rank is. */
    public Optional<long[]> shape(TensorRef tensor) {
        return Optional.ofNullable(shapes.get(tensor)).map(long[]::clone);
    }

    /** What each of its axes counts. */
    public Layout layout(TensorRef tensor) {
        return layouts.of(tensor);
    }

    /** Whether it has one position only: all axes but those of batch and channels are 1. */
    public boolean isPoint(TensorRef tensor) {
        long[] shape = shapes.getOrDefault(tensor, new long[0]);
        List<Axis> axes = layout(tensor).axes();
        return IntStream.range(0, shape.length)
                .allMatch(i -> shape[i] == 1 || axes.get(i) == Axis.BATCH || axes.get(i) == Axis.CHANNEL);
    }

    /** The number of dimensions, or -1 if unknown. */
    public int rank(TensorRef tensor) {
        return shape(tensor).map(s -> s.length).orElse(-1);
    }

    public boolean dependsOnImage(TensorRef tensor) {
        return tensor.equals(image) || convolutions.containsKey(tensor.node());
    }

    /** Whether its values depend on the image's; a shape doesn't count. */
    public boolean dependsOnImage(Node node) {
        return !Operations.OF_SHAPE.contains(node.operation())
                && node.inputs().stream().anyMatch(this::dependsOnImage);
    }

    /** Of a node's inputs those that depend on the image. */
    public List<TensorRef> signals(Node node) {
        return node.inputs().stream().filter(this::dependsOnImage).toList();
    }

    /** Whether one tensor is computed from another, or is the same. */
    public boolean isComputedFrom(TensorRef tensor, TensorRef source) {
        Deque<TensorRef> open = new ArrayDeque<>(List.of(tensor));
        Set<TensorRef> seen = new HashSet<>();
        while (!open.isEmpty()) {
            TensorRef at = open.pop();
            if (at.equals(source)) {
                return true;
            }
            if (seen.add(at)) {
                open.addAll(producer(at).inputs());
            }
        }
        return false;
    }

    /** Convolutions on the longest path from the image to this tensor, its own node included. */
    public int convolutions(TensorRef tensor) {
        return convolutions.getOrDefault(tensor.node(), 0);
    }

    /** Whether no convolution and no pooling lies between the image and a node: what it does is preprocessing. */
    public boolean isBeforeLayers(Node node) {
        return convolutions(node.output()) == 0 && !pooled.contains(node.name());
    }

    /** The value of a tensor that is a constant, looked for through identities. */
    public Optional<Constant> constant(TensorRef tensor) {
        Node node = nodes.get(tensor.node());
        while (node != null && node.operation().equals("Identity")) {
            node = nodes.get(node.input(0).node());
        }
        return node != null && NodeDefs.isConstant(node.definition())
                ? Optional.of(Constant.of(NodeDefs.value(node.definition())))
                : Optional.empty();
    }

    /** The names of all nodes that a tensor needs, its own included. */
    public Set<String> before(TensorRef tensor) {
        Set<String> before = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(tensor.node()));
        while (!open.isEmpty()) {
            String name = open.pop();
            if (before.add(name)) {
                node(name).inputs().forEach(input -> open.push(input.node()));
            }
        }
        return before;
    }

    private int before(Node node) {
        return node.inputs().stream().mapToInt(this::convolutions).max().orElse(0);
    }
}
