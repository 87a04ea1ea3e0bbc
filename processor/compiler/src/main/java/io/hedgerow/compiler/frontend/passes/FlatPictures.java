package io.hedgerow.compiler.frontend.passes;

import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.frontend.flat.Evaluator;
import io.hedgerow.compiler.frontend.flat.FlatGraph;
import io.hedgerow.compiler.graph.NodeDefs;
import io.hedgerow.compiler.graph.Operations;
import io.hedgerow.compiler.graph.TensorProtos;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;

/**
 * Gives images without an axis for channels, [N, H, W], or without any axes, [N, H · W], the axes that the model itself reshapes
 * them to, as tutorials on handwritten digits have it; reshapes them back first.
 */
final class FlatPictures implements GraphPass {
    /** What the name of the node ends with that makes of pictures what the model took. */
    static final String FLAT = "/hedgerow_flat";

    private static final int RANK = 4;
    private static final int PLANES = 3;
    private static final Set<String> STACKS = Operations.with(Set.of("Pack", "Tile"), Operations.CONCATENATIONS);
    /** What may be done to pictures before they have an axis for channels. */
    private static final Set<String> MOVES =
            Operations.with(Set.of("Slice", "ReverseV2", "Transpose"), Operations.PADDINGS);

    @Override
    public String name() {
        return "axes of pictures";
    }

    @Override
    public FlatGraph apply(FlatGraph graph, Evaluator shapes) {
        Shape declared = graph.inputShape();
        if (declared.numDimensions() >= RANK) {
            return graph;
        }
        Shape pictures = shape(graph, shapes);
        return graph.takingFirst(
                NodeDefs.placeholder(graph.image(), graph.inputType(), pictures),
                flattening(graph, pictures, declared));
    }

    /** The pictures' shape: four axes, of which one of channels is 1 where there was none. */
    private static Shape shape(FlatGraph graph, Evaluator shapes) {
        Shape declared = graph.inputShape();
        Map<String, Shape> flats = new HashMap<>(Map.of(graph.image() + ":0", declared));
        for (NodeDef node : graph.nodes().values()) {
            String operation = node.getOp();
            boolean keeps = PictureReshapes.ENTRYWISE.contains(operation)
                    || PictureReshapes.RESHAPES.contains(operation)
                    || STACKS.contains(operation)
                    || (declared.numDimensions() == PLANES && MOVES.contains(operation));
            Optional<Shape> flat = node.getInputList().stream()
                    .filter(flats::containsKey)
                    .map(flats::get)
                    .findFirst();
            if (keeps && flat.isPresent()) {
                Shape shape = shapes.shape(node.getName() + ":0");
                if (shape.numDimensions() == RANK) {
                    return pictures(node, shape, flat.get(), graph)
                            .orElseThrow(() -> refused(
                                    declared,
                                    shape.equals(declared.prepend(1))
                                            ? "it takes one by itself, save it with a first axis for batches"
                                            : "the model makes %s of it".formatted(shape)));
                }
                flats.put(node.getName() + ":0", shape);
            }
        }
        throw refused(declared, "the model makes no picture of it");
    }

    private static Optional<Shape> pictures(NodeDef node, Shape made, Shape flat, FlatGraph graph) {
        Shape declared = graph.inputShape();
        long[] sizes = made.asArray();
        if (sizes[1] == 1 && isSequence(node, graph)) {
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
        if (flat.numDimensions() != PLANES) {
            return Optional.empty();
        }
        // a slice crops and adds an axis at once
        boolean isSliced = node.getOp().equals("StridedSlice") && sizes[3] == 1;
        if (isSliced || (sizes[1] == flat.get(1) && sizes[2] == flat.get(2))) {
            return Optional.of(Shape.of(declared.get(0), declared.get(1), declared.get(2), 1));
        }
        return sizes[1] == 1 && sizes[2] == flat.get(1) && sizes[3] == flat.get(2)
                ? Optional.of(Shape.of(declared.get(0), 1, declared.get(1), declared.get(2)))
                : Optional.empty();
    }

    /** Whether what a node makes is convolved with channels last: of one row, that is how a sequence is. */
    private static boolean isSequence(NodeDef node, FlatGraph graph) {
        return graph.nodes().values().stream()
                .filter(other -> other.getInputList().contains(node.getName() + ":0"))
                .anyMatch(other -> other.getOp().equals("Conv2D") && !ChannelsLast.isChannelsFirst(other));
    }

    private static ModelRefusedException refused(Shape declared, String reason) {
        return new ModelRefusedException(
                "the model's input of %s is no picture: %s; images are [N, H, W, C], or [N, H, W] and [N, H * W] where the model reshapes them to that"
                        .formatted(declared, reason));
    }

    /** The nodes that make of pictures what the model took. */
    private static List<NodeDef> flattening(FlatGraph graph, Shape pictures, Shape declared) {
        String name = graph.image() + FLAT;
        if (declared.numDimensions() == 2) {
            NodeDef sizes = NodeDefs.constant(
                    name + "/shape", TensorProtos.integers(DataType.DT_INT64, Shape.of(2), -1, declared.get(1)));
            NodeDef reshape = NodeDefs.node(name, "Reshape", graph.image() + ":0", sizes.getName() + ":0")
                    .putAttr("T", NodeDefs.attribute(graph.inputType()))
                    .putAttr("Tshape", NodeDefs.attribute(DataType.DT_INT64))
                    .build();
            return List.of(sizes, reshape);
        }
        long axis = pictures.get(1) == declared.get(1) && pictures.get(2) == declared.get(2) ? 3 : 1;
        return List.of(NodeDefs.node(name, "Squeeze", graph.image() + ":0")
                .putAttr("T", NodeDefs.attribute(graph.inputType()))
                .putAttr("squeeze_dims", NodeDefs.numbers(List.of(axis)))
                .build());
    }
}
