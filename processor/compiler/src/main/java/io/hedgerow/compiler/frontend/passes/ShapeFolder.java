package io.hedgerow.compiler.frontend.passes;

import com.google.protobuf.ByteString;
import io.hedgerow.compiler.frontend.flat.Evaluator;
import io.hedgerow.compiler.frontend.flat.FlatGraph;
import io.hedgerow.compiler.frontend.flat.Skeleton;
import io.hedgerow.compiler.graph.NodeDefs;
import io.hedgerow.compiler.graph.TensorProtos;
import io.hedgerow.compiler.graph.TensorRef;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;

/**
 * Turns what is computed from shapes alone (the operands of reshapes, mostly) into constants. The graph is looked at
 * with a batch of 2 and a batch of 3: what is the same for both is constant; the one size of a reshape that differs is
 * the batch's, and becomes -1.
 */
public final class ShapeFolder implements GraphPass {
    private static final Set<String> OF_SHAPE = Set.of("Shape", "Size", "Rank");
    private static final int FIRST_BATCH = 2;
    private static final int SECOND_BATCH = 3;
    private static final int MAX_ROUNDS = 64;

    ShapeFolder() {}

    @Override
    public String name() {
        return "shape folding";
    }

    @Override
    public FlatGraph apply(FlatGraph graph, Evaluator shapes) {
        return fold(graph, graph.inputShape());
    }

    private static FlatGraph fold(FlatGraph graph, Shape input) {
        if (graph.nodes().values().stream().noneMatch(node -> OF_SHAPE.contains(node.getOp()))) {
            return graph;
        }
        if (input.get(0) >= 0) {
            return graph.fold(valuesAt(graph, input));
        }
        Map<String, TensorProto> first = valuesAt(graph, withBatch(input, FIRST_BATCH));
        Map<String, TensorProto> second = valuesAt(graph, withBatch(input, SECOND_BATCH));
        Map<String, TensorProto> constants = new LinkedHashMap<>();
        first.forEach((tensor, value) -> {
            TensorProto other = second.get(tensor);
            if (value.equals(other)) {
                constants.put(tensor, value);
            } else if (other != null && isOnlyReshaped(graph, tensor)) {
                withFreeBatch(value, other).ifPresent(free -> constants.put(tensor, free));
            }
        });
        return graph.fold(constants);
    }

    /** The output, if it depends on nothing but the input's shape, and not on the batch. */
    public static Optional<TensorProto> constant(FlatGraph graph, Shape input) {
        FlatGraph folded = fold(graph, input);
        String output = folded.output();
        if (folded.after(Set.of(graph.image())).contains(TensorRef.nodeOf(output))) {
            return Optional.empty();
        }
        try (Evaluator evaluator = new Evaluator(folded.upTo(Set.of(output)))) {
            return Optional.ofNullable(evaluator.values(Set.of(output)).get(output));
        }
    }

    private static Shape withBatch(Shape shape, int batch) {
        return shape.tail().prepend(batch);
    }

    /** The values of all tensors that depend on nothing but the input's shape. */
    public static Map<String, TensorProto> valuesAt(FlatGraph graph, Shape input) {
        Skeleton skeleton = Skeleton.of(graph, input);
        FlatGraph shaped = skeleton.graph();
        for (int round = 0; round < MAX_ROUNDS; round++) {
            try (Evaluator evaluator = new Evaluator(shaped)) {
                Map<String, NodeDef> known = knownShapes(shaped, evaluator);
                if (known.isEmpty()) {
                    return evaluator.values(computed(graph, shaped, skeleton.sources()));
                }
                shaped = shaped.map(node -> known.getOrDefault(node.getName(), node));
            }
        }
        return Map.of();
    }

    /** The operations on shapes whose results are known by now, as constants. */
    private static Map<String, NodeDef> knownShapes(FlatGraph graph, Evaluator evaluator) {
        Map<String, NodeDef> known = new HashMap<>();
        for (NodeDef node : graph.nodes().values()) {
            if (OF_SHAPE.contains(node.getOp())) {
                Shape shape = evaluator.shape(node.getInput(0));
                boolean isRank = node.getOp().equals("Rank");
                if (!shape.isUnknown() && (isRank || !shape.hasUnknownDimension())) {
                    known.put(node.getName(), NodeDefs.constant(node.getName(), value(node, shape)));
                }
            }
        }
        return known;
    }

    private static TensorProto value(NodeDef node, Shape shape) {
        DataType type = NodeDefs.type(node, "out_type");
        return switch (node.getOp()) {
            case "Rank" -> TensorProtos.integers(DataType.DT_INT32, Shape.scalar(), shape.numDimensions());
            case "Size" -> TensorProtos.integers(type, Shape.scalar(), shape.size());
            default -> TensorProtos.integers(type, Shape.of(shape.numDimensions()), shape.asArray());
        };
    }

    private static Set<String> computed(FlatGraph original, FlatGraph shaped, Set<String> sources) {
        Set<String> dynamic = shaped.after(sources);
        Set<String> computed = new LinkedHashSet<>();
        for (NodeDef node : shaped.nodes().values()) {
            for (String input : node.getInputList()) {
                String producer = TensorRef.nodeOf(input);
                if (dynamic.contains(node.getName())
                        && !dynamic.contains(producer)
                        && !NodeDefs.isConstant(original.node(producer))) {
                    computed.add(input);
                }
            }
        }
        String output = TensorRef.nodeOf(original.output());
        if (!dynamic.contains(output) && !NodeDefs.isConstant(original.node(output))) {
            computed.add(original.output());
        }
        return computed;
    }

    private static boolean isOnlyReshaped(FlatGraph graph, String tensor) {
        return graph.nodes().values().stream()
                .filter(node -> node.getInputList().contains(tensor))
                .allMatch(node -> node.getOp().equals("Reshape")
                        && node.getInput(1).equals(tensor)
                        && !node.getInput(0).equals(tensor));
    }

    private static Optional<TensorProto> withFreeBatch(TensorProto first, TensorProto second) {
        int width = TensorProtos.elementBytes(first.getDtype());
        ByteBuffer merged =
                ByteBuffer.wrap(first.getTensorContent().toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer other = second.getTensorContent().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        int differences = 0;
        for (int i = 0; i < Math.min(merged.limit(), other.limit()); i += width) {
            boolean differs = width == Integer.BYTES
                    ? merged.getInt(i) != other.getInt(i)
                    : merged.getLong(i) != other.getLong(i);
            if (differs) {
                differences++;
                if (width == Integer.BYTES) {
                    merged.putInt(i, -1);
                } else {
                    merged.putLong(i, -1);
                }
            }
        }
        Shape shape = TensorProtos.shape(first.getTensorShape());
        return differences == 1 && merged.limit() == other.limit()
                ? Optional.of(TensorProtos.tensor(first.getDtype(), shape, ByteString.copyFrom(merged)))
                : Optional.empty();
    }
}
