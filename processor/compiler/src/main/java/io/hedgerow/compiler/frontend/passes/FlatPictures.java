package io.hedgerow.compiler.frontend.passes;

import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.frontend.flat.Constants;
import io.hedgerow.compiler.frontend.flat.Evaluator;
import io.hedgerow.compiler.frontend.flat.FlatGraph;
import io.hedgerow.compiler.frontend.flat.Skeleton;
import io.hedgerow.compiler.graph.Constant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;

/**
 * Inputs that are pictures without an axis for channels, [N, H, W], or without any axes, [N, H · W], which the model itself
 * reshapes: as tutorials on handwritten digits have them. They are given the axes that they get there.
 */
public final class FlatPictures {
    private static final String FLAT = "/hedgerow_flat";
    private static final int RANK = 4;
    private static final Set<String> ENTRYWISE = Set.of(
            "Cast",
            "Identity",
            "Neg",
            "Add",
            "AddV2",
            "Sub",
            "Mul",
            "Div",
            "RealDiv",
            "Maximum",
            "Minimum",
            "ClipByValue");
    private static final Set<String> RESHAPES = Set.of("Reshape", "ExpandDims", "StridedSlice");
    private static final Set<String> STACKS = Set.of("Pack", "Tile", "Concat", "ConcatV2");

    private final FlatGraph graph;
    private final Shape declared;

    private FlatPictures(FlatGraph graph, Shape declared) {
        this.graph = graph;
        this.declared = declared;
    }

    /**
     * The pictures' shape: four axes, of which one of channels is 1 where there was none.
     *
     * @param declared two or three axes
     * @throws ModelRefusedException if the model doesn't make pictures of them
     */
    public static Shape shape(FlatGraph graph, Shape declared) {
        return new FlatPictures(graph, declared).shape();
    }

    /** The graph that takes pictures, and makes of them first what it took. */
    public static FlatGraph taking(Shape pictures, FlatGraph graph, Shape declared) {
        NodeDef image = graph.node(graph.image());
        String flat = image.getName() + FLAT;
        DataType type = Constants.type(image, Constants.DTYPE);
        Map<String, NodeDef> nodes = new LinkedHashMap<>();
        FlatGraph renamed = graph.bypass(graph.image() + ":0", flat + ":0");
        nodes.put(image.getName(), Constants.placeholder(image.getName(), type, pictures));
        nodes.put(flat, flattening(flat, image.getName(), type, pictures, declared));
        if (declared.numDimensions() == 2) {
            nodes.put(
                    flat + "/shape",
                    Constants.node(
                            flat + "/shape", Constants.integers(DataType.DT_INT64, Shape.of(2), -1, declared.get(1))));
        }
        renamed.nodes().forEach(nodes::putIfAbsent);
        return new FlatGraph(nodes, graph.image(), renamed.output(), graph.versions());
    }

    /** Without reshaping there and back, where nothing in between tells the two apart. */
    public static FlatGraph simplified(FlatGraph graph, Shape pictures) {
        String flat = graph.image() + FLAT;
        if (!graph.nodes().containsKey(flat)) {
            return graph;
        }
        Map<String, String> replaced = new HashMap<>(Map.of(flat + ":0", graph.image() + ":0"));
        Set<String> flats = new HashSet<>(Set.of(flat + ":0"));
        try (Evaluator shapes = new Evaluator(Skeleton.of(graph, pictures).graph())) {
            for (NodeDef node : graph.nodes().values()) {
                List<String> read =
                        node.getInputList().stream().filter(flats::contains).toList();
                String output = node.getName() + ":0";
                if (read.isEmpty()) {
                    continue;
                }
                if (isReshape(node, graph) && shapes.shape(output).tail().equals(pictures.tail())) {
                    String x = node.getInput(0);
                    replaced.put(output, replaced.getOrDefault(x, x));
                } else if (isEntrywise(node, flats, graph)) {
                    flats.add(output);
                } else {
                    return graph;
                }
            }
        }
        FlatGraph simplified = graph;
        for (Map.Entry<String, String> entry : replaced.entrySet()) {
            simplified = simplified.bypass(entry.getKey(), entry.getValue());
        }
        return simplified;
    }

    private Shape shape() {
        Set<String> flats = new HashSet<>(Set.of(graph.image() + ":0"));
        try (Evaluator shapes = new Evaluator(Skeleton.of(graph, declared).graph())) {
            for (NodeDef node : graph.nodes().values()) {
                String operation = node.getOp();
                boolean keeps =
                        ENTRYWISE.contains(operation) || RESHAPES.contains(operation) || STACKS.contains(operation);
                if (keeps && node.getInputList().stream().anyMatch(flats::contains)) {
                    Shape shape = shapes.shape(node.getName() + ":0");
                    if (shape.numDimensions() == RANK) {
                        return pictures(shape, isSequence(node))
                                .orElseThrow(() -> refused("the model makes %s of it".formatted(shape)));
                    }
                    flats.add(node.getName() + ":0");
                }
            }
        }
        throw refused("the model makes no picture of it");
    }

    private Optional<Shape> pictures(Shape made, boolean isSequence) {
        long[] sizes = made.asArray();
        if (isSequence && sizes[1] == 1) {
            return Optional.empty();
        }
        if (declared.numDimensions() == 2) {
            long count = LongStream.of(sizes).skip(1).reduce(1, (a, b) -> a * b);
            boolean isPlane =
                    Arrays.stream(sizes).skip(1).filter(size -> size > 1).count() >= 2;
            return !made.tail().hasUnknownDimension() && isPlane && count == declared.get(1)
                    ? Optional.of(made.tail().prepend(declared.get(0)))
                    : Optional.empty();
        }
        long height = declared.get(1);
        long width = declared.get(2);
        if (sizes[1] == height && sizes[2] == width) {
            return Optional.of(Shape.of(declared.get(0), height, width, 1));
        }
        return sizes[1] == 1 && sizes[2] == height && sizes[3] == width
                ? Optional.of(Shape.of(declared.get(0), 1, height, width))
                : Optional.empty();
    }

    /** Whether what a node makes is convolved with channels last: of one row, that is how a sequence is. */
    private boolean isSequence(NodeDef node) {
        return graph.nodes().values().stream()
                .filter(other -> other.getInputList().contains(node.getName() + ":0"))
                .anyMatch(other -> other.getOp().equals("Conv2D") && !ChannelsLast.isChannelsFirst(other));
    }

    private ModelRefusedException refused(String reason) {
        return new ModelRefusedException(
                "the model's input of %s is no picture: %s; images are [N, H, W, C], or [N, H, W] and [N, H * W] where the model reshapes them to that"
                        .formatted(declared, reason));
    }

    private static NodeDef flattening(String name, String image, DataType type, Shape pictures, Shape declared) {
        NodeDef.Builder node = NodeDef.newBuilder()
                .setName(name)
                .addInput(image + ":0")
                .putAttr("T", AttrValue.newBuilder().setType(type).build());
        if (declared.numDimensions() == 2) {
            return node.setOp("Reshape")
                    .addInput(name + "/shape:0")
                    .putAttr(
                            "Tshape",
                            AttrValue.newBuilder().setType(DataType.DT_INT64).build())
                    .build();
        }
        long axis = pictures.get(1) == declared.get(1) && pictures.get(2) == declared.get(2) ? 3 : 1;
        return node.setOp("Squeeze")
                .putAttr(
                        "squeeze_dims",
                        AttrValue.newBuilder()
                                .setList(AttrValue.ListValue.newBuilder().addI(axis))
                                .build())
                .build();
    }

    private static boolean isReshape(NodeDef node, FlatGraph graph) {
        if (node.getOp().equals("StridedSlice")) {
            NodeDef strides = graph.node(FlatGraph.nodeOf(node.getInput(3)));
            return Constants.isConstant(strides)
                    && Arrays.stream(Constant.of(Constants.value(strides)).integers())
                            .allMatch(stride -> stride == 1);
        }
        return RESHAPES.contains(node.getOp());
    }

    /** Whether each entry is computed from the same entry and single numbers. */
    private static boolean isEntrywise(NodeDef node, Set<String> flats, FlatGraph graph) {
        return ENTRYWISE.contains(node.getOp())
                && node.getInputList().stream()
                        .filter(input -> !flats.contains(input))
                        .allMatch(input -> {
                            NodeDef other = graph.node(FlatGraph.nodeOf(input));
                            return Constants.isConstant(other)
                                    && Constants.shape(Constants.value(other).getTensorShape())
                                                    .size()
                                            == 1;
                        });
    }
}
