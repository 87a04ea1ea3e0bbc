package io.hedgerow.compiler.lowering;

import io.hedgerow.compiler.graph.NodeDefs;
import io.hedgerow.compiler.graph.TensorProtos;
import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.method.NodeNames;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.tensorflow.Graph;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * Explains classes one after another in the stretches of a graph that say {@link NodeNames#ONE_BY_ONE_UNTIL}, instead
 * of at once: what one class needs there stays in a processor's caches. What classes share is still computed once.
 */
final class ClassLoops {
    private static final String OF_ONE = "/of_one";

    private final GraphDef definition;
    private final Map<String, NodeDef> nodes = new LinkedHashMap<>();
    private final Map<String, List<String>> readers = new HashMap<>();
    /** Everything that depends on how many classes there are. */
    private final Set<String> ofAll;
    /** What of that is needed for one class, by its name for all. */
    private final Map<String, NodeDef> ofOne = new LinkedHashMap<>();

    private ClassLoops(GraphDef definition) {
        this.definition = definition;
        for (NodeDef node : definition.getNodeList()) {
            nodes.put(node.getName(), node);
            NodeDefs.read(node).forEach(tensor -> readers.computeIfAbsent(tensor.node(), name -> new ArrayList<>())
                    .add(node.getName()));
        }
        this.ofAll = reached(List.of(NodeNames.CLASS_COUNT), this::readers);
    }

    /** The graph with a loop in place of each such stretch, whose result has the name of its last node. */
    static GraphDef in(GraphDef graph) {
        boolean hasAny = graph.getNodeList().stream().anyMatch(ClassLoops::begins);
        return hasAny ? new ClassLoops(graph).rewritten() : graph;
    }

    private static boolean begins(NodeDef node) {
        return node.containsAttr(NodeNames.ONE_BY_ONE_UNTIL);
    }

    private GraphDef rewritten() {
        // what is in a loop, and where that begins
        Map<String, String> inside = new HashMap<>();
        List<NodeDef> loops = new ArrayList<>();
        try (Graph graph = new Graph()) {
            graph.importGraphDef(definition);
            definition.getNodeList().stream().filter(ClassLoops::begins).forEach(begin -> {
                String end =
                        begin.getAttrOrThrow(NodeNames.ONE_BY_ONE_UNTIL).getS().toStringUtf8();
                Set<String> stretch = stretch(begin.getName(), end);
                stretch.forEach(node -> inside.put(node, begin.getName()));
                ClassLoop loop = new ClassLoop(begin.getName(), end, stretch, tensor -> type(graph, tensor));
                stretch.forEach(node -> loop.add(node(node), this::ofOneClass));
                loops.addAll(loop.nodes());
            });
        }
        GraphDef.Builder rewritten = definition.toBuilder().clearNode();
        definition.getNodeList().stream()
                .filter(node -> !inside.containsKey(node.getName()))
                .forEach(node -> rewritten.addNode(awaitingBegins(node, inside)));
        return rewritten.addAllNode(ofOne.values()).addAllNode(loops).build();
    }

    /** The nodes on all ways from where a stretch begins, exclusive, to where it ends, inclusive. */
    private Set<String> stretch(String begin, String end) {
        Set<String> after = reached(readers(begin), this::readers);
        return reached(
                List.of(end),
                name -> inputs(name).stream().filter(after::contains).toList());
    }

    private static DataType type(Graph graph, TensorRef tensor) {
        return graph.outputOrThrow(tensor.node() + ":" + tensor.index()).dataType();
    }

    /** A tensor from outside a stretch, as it is where there is one class. */
    private TensorRef ofOneClass(TensorRef tensor) {
        if (!ofAll.contains(tensor.node())) {
            return tensor;
        }
        String name = tensor.node() + OF_ONE;
        if (!ofOne.containsKey(tensor.node())) {
            NodeDef node = node(tensor.node());
            if (tensor.node().equals(NodeNames.CLASS_COUNT)) {
                ofOne.put(tensor.node(), NodeDefs.constant(name, TensorProtos.integers(1)));
            } else {
                NodeDef.Builder copy = node.toBuilder().setName(name).clearInput();
                NodeDefs.read(node)
                        .forEach(input -> copy.addInput(ofOneClass(input).toString()));
                ofOne.put(tensor.node(), copy.build());
            }
        }
        return new TensorRef(name, tensor.index());
    }

    /** What waits for a node in a stretch can no more than wait for where the stretch begins. */
    private static NodeDef awaitingBegins(NodeDef node, Map<String, String> inside) {
        NodeDef.Builder outside = node.toBuilder().clearInput();
        NodeDefs.read(node).forEach(tensor -> outside.addInput(tensor.toString()));
        NodeDefs.awaited(node)
                .map(awaited -> inside.getOrDefault(awaited, awaited))
                .distinct()
                .forEach(awaited -> outside.addInput(NodeDefs.await(awaited)));
        return outside.build();
    }

    private NodeDef node(String name) {
        return Objects.requireNonNull(nodes.get(name), name);
    }

    private List<String> readers(String node) {
        return readers.getOrDefault(node, List.of());
    }

    private List<String> inputs(String node) {
        return NodeDefs.read(node(node)).map(TensorRef::node).toList();
    }

    private static Set<String> reached(Collection<String> from, Function<String, List<String>> next) {
        Set<String> reached = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(from);
        while (!open.isEmpty()) {
            String node = open.pop();
            if (reached.add(node)) {
                open.addAll(next.apply(node));
            }
        }
        return reached;
    }
}
