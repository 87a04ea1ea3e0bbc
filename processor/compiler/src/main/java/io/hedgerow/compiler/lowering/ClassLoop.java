package io.hedgerow.compiler.lowering;

import static io.hedgerow.compiler.graph.NodeDefs.attribute;
import static io.hedgerow.compiler.graph.NodeDefs.await;
import static io.hedgerow.compiler.graph.NodeDefs.node;

import io.hedgerow.compiler.graph.NodeDefs;
import io.hedgerow.compiler.graph.TensorProtos;
import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.method.NodeNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;

/**
 * One loop over classes, in TensorFlow's control flow (Yu et al., "Dynamic control flow in large-scale machine learning",
 * EuroSys 2018): takes rows K × B × n apart into those of each class, and puts together what its body makes of them.
 */
final class ClassLoop {
    private final String begin;
    private final String end;
    private final String scope;
    private final Set<String> body;
    private final Function<TensorRef, DataType> types;
    private final List<NodeDef> nodes = new ArrayList<>();
    private final Map<TensorRef, String> entered = new HashMap<>();

    /**
     * A loop with nothing in its body yet.
     *
     * @param begin computes what it takes apart
     * @param end of the body, whose name the loop's result has
     * @param body names of what will be in it
     * @param types of tensors outside
     */
    ClassLoop(String begin, String end, Set<String> body, Function<TensorRef, DataType> types) {
        this.begin = begin;
        this.end = end;
        this.scope = end + "/each_class/";
        this.body = body;
        this.types = types;
        count();
        one();
        results();
    }

    /** All nodes, outside the body and in it. */
    List<NodeDef> nodes() {
        return nodes;
    }

    /**
     * Adds a node to the body.
     *
     * @param outside each tensor from outside the body as it is for one class
     */
    void add(NodeDef node, Function<TensorRef, TensorRef> outside) {
        NodeDef.Builder inside =
                node.toBuilder().setName(inside(node.getName())).clearInput();
        NodeDefs.read(node).forEach(tensor -> inside.addInput(input(tensor, outside)));
        NodeDefs.awaited(node).filter(body::contains).forEach(name -> inside.addInput(await(inside(name))));
        nodes.add(inside.build());
    }

    private String input(TensorRef tensor, Function<TensorRef, TensorRef> outside) {
        if (tensor.node().equals(begin)) {
            return scope + "one";
        }
        if (body.contains(tensor.node())) {
            return new TensorRef(inside(tensor.node()), tensor.index()).toString();
        }
        return entered.computeIfAbsent(
                tensor,
                key -> enter("entered_" + entered.size(), outside.apply(tensor).toString(), types.apply(tensor), true));
    }

    private String inside(String name) {
        return scope + name;
    }

    /** The loop's first variable: which class it is at. */
    private void count() {
        put(NodeDefs.constant(scope + "scalar", TensorProtos.integers()));
        put(DataType.DT_INT32, "classes", "Reshape", NodeNames.CLASS_COUNT, scope + "scalar");
        put(NodeDefs.constant(scope + "first", TensorProtos.integer(0)));
        variable("class", scope + "first", DataType.DT_INT32);
        put(
                DataType.DT_INT32,
                "is_left",
                "Less",
                scope + "class",
                enter("last", scope + "classes", DataType.DT_INT32, true));
        put(node(scope + "more", "LoopCond", scope + "is_left"));
        put(DataType.DT_INT32, "index", "Identity", scope + "class_now:1");
        put(constant("step", 1));
        put(DataType.DT_INT32, "class_after", "AddV2", scope + "index", scope + "step");
    }

    /** What it takes apart, at the class it is at: 1 × B × n. */
    private void one() {
        put(constant("zero", 0));
        put(node(scope + "from", "Pack", scope + "index", scope + "zero", scope + "zero")
                .putAttr("T", attribute(DataType.DT_INT32))
                .putAttr("N", attribute(3)));
        put(NodeDefs.constant(scope + "size", TensorProtos.integers(1, -1, -1)).toBuilder()
                .addInput(await(scope + "index")));
        put(node(scope + "one", "Slice", enter("rows", begin, DataType.DT_FLOAT, true), scope + "from", scope + "size")
                .putAttr("T", attribute(DataType.DT_FLOAT))
                .putAttr("Index", attribute(DataType.DT_INT32)));
    }

    /** Its second: the results so far, which are one's after another's in the end. */
    private void results() {
        put(node(scope + "results", "TensorArrayV3", scope + "classes").putAttr("dtype", attribute(DataType.DT_FLOAT)));
        variable("done", scope + "results:1", DataType.DT_FLOAT);
        put(
                DataType.DT_FLOAT,
                "done_after",
                "TensorArrayWriteV3",
                enter("array", scope + "results", DataType.DT_RESOURCE, true),
                scope + "index",
                inside(end),
                scope + "done_now:1");
        put(DataType.DT_FLOAT, "all", "Exit", scope + "done_now");
        put(node(end, "TensorArrayConcatV3", scope + "results", scope + "all")
                .putAttr("dtype", attribute(DataType.DT_FLOAT)));
    }

    /** What {@code name_after} computes is what {@code name_now:1} gives in the iteration after. */
    private void variable(String name, String initial, DataType type) {
        String first = enter(name + "_first", initial, type, false);
        put(node(scope + name, "Merge", first, scope + name + "_next")
                .putAttr("T", attribute(type))
                .putAttr("N", attribute(2)));
        put(type, name + "_now", "Switch", scope + name, scope + "more");
        put(type, name + "_next", "NextIteration", scope + name + "_after");
    }

    /** In the body: what has no input would run outside. */
    private NodeDef.Builder constant(String name, int value) {
        return NodeDefs.constant(scope + name, TensorProtos.integer(value)).toBuilder()
                .addInput(await(scope + "index"));
    }

    private String enter(String name, String tensor, DataType type, boolean isConstant) {
        put(node(scope + name, "Enter", tensor)
                .putAttr("T", attribute(type))
                .putAttr("frame_name", attribute(scope))
                .putAttr("is_constant", attribute(isConstant))
                // another class at the same time would be another class in the caches
                .putAttr("parallel_iterations", attribute(1)));
        return scope + name;
    }

    private void put(DataType type, String name, String operation, String... inputs) {
        put(node(scope + name, operation, inputs).putAttr("T", attribute(type)));
    }

    private void put(NodeDef node) {
        put(node.toBuilder());
    }

    private void put(NodeDef.Builder node) {
        nodes.add(node.build());
    }
}
