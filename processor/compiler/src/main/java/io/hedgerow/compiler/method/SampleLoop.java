package io.hedgerow.compiler.method;

import io.hedgerow.compiler.graph.NodeDefs;
import io.hedgerow.compiler.graph.TensorProtos;
import io.hedgerow.compiler.graph.TensorRef;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;

/**
 * Gradients computed once more for each sample of an image, and added up, as a loop in TensorFlow's control flow (Yu et al.,
 * "Dynamic control flow in large-scale machine learning", EuroSys 2018). Its body is a copy of what lies between the first
 * layers and the gradients; weights, and whatever else doesn't depend on the sample, are those of the graph, so that a model
 * grows by names and not by numbers, and one sample at a time needs the memory of one.
 */
final class SampleLoop {
    // RATIONALE: Why are samples taken in a loop of the graph?

    private final String scope;
    private final Map<String, NodeDef> nodes = new LinkedHashMap<>();
    private final Function<TensorRef, DataType> types;
    private final String index;
    private final Map<TensorRef, TensorRef> sampled;
    private final Set<String> body;
    private final Map<TensorRef, String> entered = new HashMap<>();
    private final List<NodeDef> written = new ArrayList<>();
    private final Map<TensorRef, TensorRef> sums = new LinkedHashMap<>();

    /**
     * Writes a loop.
     *
     * @param scope of its nodes' names
     * @param graph all nodes so far
     * @param types of their tensors
     * @param samples how many there are
     * @param index stands for the number of the sample: one number
     * @param sampled what first layers take, and the sample that they are to take instead
     * @param takes whether a node takes the sample, if it takes any of those
     * @param fixed nodes that are as the image has them, whatever the sample
     * @param gradients that are added up
     */
    SampleLoop(
            String scope,
            Collection<NodeDef> graph,
            Function<TensorRef, DataType> types,
            int samples,
            String index,
            Map<TensorRef, TensorRef> sampled,
            Predicate<String> takes,
            Set<String> fixed,
            Collection<TensorRef> gradients) {
        this.scope = scope + "/";
        this.types = types;
        this.index = index;
        this.sampled = sampled;
        graph.forEach(node -> nodes.put(node.getName(), node));
        this.body = body(takes, fixed, gradients);
        count(samples);
        gradients.forEach(this::addUp);
        body.forEach(name -> written.add(inside(node(name))));
    }

    /** What it is made of. */
    List<NodeDef> nodes() {
        return written;
    }

    /** The sum of a gradient over all samples. */
    TensorRef sum(TensorRef gradient) {
        return Objects.requireNonNull(sums.get(gradient));
    }

    /** Whatever depends on the sample, and is needed for the gradients. */
    private Set<String> body(Predicate<String> takes, Set<String> fixed, Collection<TensorRef> gradients) {
        Map<String, List<String>> readers = new HashMap<>();
        Deque<String> open = new ArrayDeque<>();
        for (NodeDef node : nodes.values()) {
            for (TensorRef input : NodeDefs.read(node).toList()) {
                readers.computeIfAbsent(input.node(), name -> new ArrayList<>()).add(node.getName());
                boolean isSample = sampled.containsKey(input) && takes.test(node.getName());
                if (isSample || input.node().equals(index)) {
                    open.add(node.getName());
                }
            }
        }
        Set<String> after = new HashSet<>();
        while (!open.isEmpty()) {
            String name = open.pop();
            if (!fixed.contains(name) && after.add(name)) {
                open.addAll(readers.getOrDefault(name, List.of()));
            }
        }
        Set<String> needed = new HashSet<>();
        gradients.forEach(gradient -> open.add(gradient.node()));
        while (!open.isEmpty()) {
            String name = open.pop();
            if (after.contains(name) && needed.add(name)) {
                NodeDef node = node(name);
                NodeDefs.read(node).forEach(input -> open.add(of(node, input).node()));
            }
        }
        return needed;
    }

    /** The loop's first variable: which sample it is at. */
    private void count(int samples) {
        written.add(number("first", 0));
        written.add(number("last", samples));
        written.add(number("step", 1));
        variable("sample", scope + "first", DataType.DT_INT32);
        put(
                DataType.DT_INT32,
                "is_left",
                "Less",
                scope + "sample",
                entered(new TensorRef(scope + "last", 0), DataType.DT_INT32));
        written.add(NodeDefs.node(scope + "more", "LoopCond", scope + "is_left").build());
        put(DataType.DT_INT32, "index", "Identity", scope + "sample_now:1");
        put(
                DataType.DT_INT32,
                "sample_after",
                "AddV2",
                scope + "index",
                entered(new TensorRef(scope + "step", 0), DataType.DT_INT32));
    }

    private void addUp(TensorRef gradient) {
        String name = "sum_" + sums.size();
        put(DataType.DT_FLOAT, name + "_zero", "ZerosLike", gradient.toString());
        variable(name, scope + name + "_zero", DataType.DT_FLOAT);
        put(DataType.DT_FLOAT, name + "_after", "AddV2", scope + name + "_now:1", inside(gradient));
        put(DataType.DT_FLOAT, name + "_all", "Exit", scope + name + "_now");
        sums.put(gradient, new TensorRef(scope + name + "_all", 0));
    }

    /** What {@code name_after} computes is what {@code name_now:1} gives in the iteration after. */
    private void variable(String name, String initial, DataType type) {
        String first = enter(name + "_first", initial, type, false);
        written.add(NodeDefs.node(scope + name, "Merge", first, scope + name + "_next")
                .putAttr("T", NodeDefs.attribute(type))
                .putAttr("N", NodeDefs.attribute(2))
                .build());
        put(type, name + "_now", "Switch", scope + name, scope + "more");
        put(type, name + "_next", "NextIteration", scope + name + "_after");
    }

    /** A node of the body: it takes samples in place of images. */
    private NodeDef inside(NodeDef node) {
        NodeDef.Builder inside =
                node.toBuilder().setName(scope + node.getName()).clearInput();
        NodeDefs.read(node).forEach(input -> inside.addInput(inside(of(node, input))));
        NodeDefs.awaited(node).filter(body::contains).forEach(name -> inside.addInput(NodeDefs.await(scope + name)));
        return inside.build();
    }

    /** What makes samples is made of images. */
    private TensorRef of(NodeDef reader, TensorRef input) {
        TensorRef sample = sampled.get(input);
        return sample == null || isSampling(reader.getName()) ? input : sample;
    }

    private boolean isSampling(String node) {
        return node.startsWith(scope);
    }

    private String inside(TensorRef tensor) {
        if (tensor.node().equals(index)) {
            return scope + "index";
        }
        return body.contains(tensor.node())
                ? new TensorRef(scope + tensor.node(), tensor.index()).toString()
                : entered(tensor, types.apply(tensor));
    }

    private String entered(TensorRef tensor, DataType type) {
        return entered.computeIfAbsent(
                tensor, key -> enter("entered_" + entered.size(), tensor.toString(), type, true));
    }

    private String enter(String name, String tensor, DataType type, boolean isConstant) {
        written.add(NodeDefs.node(scope + name, "Enter", tensor)
                .putAttr("T", NodeDefs.attribute(type))
                .putAttr("frame_name", NodeDefs.attribute(scope))
                .putAttr("is_constant", NodeDefs.attribute(isConstant))
                // two samples at a time would need the memory of two
                .putAttr("parallel_iterations", NodeDefs.attribute(1))
                .build());
        return scope + name;
    }

    private NodeDef number(String name, int value) {
        return NodeDefs.constant(scope + name, TensorProtos.integer(value));
    }

    private void put(DataType type, String name, String operation, String... inputs) {
        written.add(NodeDefs.node(scope + name, operation, inputs)
                .putAttr("T", NodeDefs.attribute(type))
                .build());
    }

    private NodeDef node(String name) {
        return Objects.requireNonNull(nodes.get(name), name);
    }
}
