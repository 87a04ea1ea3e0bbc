package io.hedgerow.compiler.frontend;

import com.google.protobuf.ByteString;
import io.hedgerow.compiler.frontend.flat.FlatGraph;
import io.hedgerow.compiler.graph.Constant;
import io.hedgerow.compiler.graph.NodeDefs;
import io.hedgerow.compiler.graph.Operations;
import io.hedgerow.compiler.graph.TensorProtos;
import io.hedgerow.compiler.graph.TensorRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;

/**
 * Makes a network forget what it learned, layer by layer from its output down: the numbers of each of a layer's constants
 * change places. A layer is a convolution or a matrix product with what follows it up to the next one; what comes before the
 * first, such as the scaling of images, is left alone. The same seed moves a constant's numbers to the same places, however
 * many layers forget.
 */
final class ShuffledWeights implements UnaryOperator<FlatGraph> {
    // RATIONALE: Why are weights shuffled, not drawn anew, to make a network forget?
    private static final Set<String> LAYERS = Operations.with(Operations.CONVOLUTIONS, Operations.MATRIX_PRODUCTS);
    private static final Set<DataType> NUMBERS =
            Set.of(DataType.DT_FLOAT, DataType.DT_DOUBLE, DataType.DT_INT8, DataType.DT_UINT8);

    private final int layers;
    private final long seed;

    /** @param layers so many forget, from the output down */
    ShuffledWeights(int layers, long seed) {
        this.layers = layers;
        this.seed = seed;
    }

    @Override
    public FlatGraph apply(FlatGraph graph) {
        List<Set<String>> all = layers(graph.nodes().values(), graph.image());
        Set<String> shuffled = new HashSet<>();
        all.subList(Math.max(0, all.size() - layers), all.size()).forEach(shuffled::addAll);
        return graph.map(node -> shuffled.contains(node.getName())
                ? NodeDefs.withValue(
                        node,
                        shuffled(NodeDefs.value(node), seed ^ node.getName().hashCode()))
                : node);
    }

    /** The constants of each layer, the layers in the order in which an image passes them. */
    static List<Set<String>> layers(Collection<NodeDef> nodes, String image) {
        List<Set<String>> layers = new ArrayList<>();
        // of what depends on the image: how many layers lie before; of the rest: the constants in it
        Map<String, Integer> before = new HashMap<>(Map.of(image, 0));
        Map<String, Set<String>> constants = new HashMap<>();
        for (NodeDef node : nodes) {
            String name = node.getName();
            List<String> inputs = NodeDefs.read(node).map(TensorRef::node).toList();
            Set<String> weights = new LinkedHashSet<>();
            inputs.forEach(input -> weights.addAll(constants.getOrDefault(input, Set.of())));
            int layer = inputs.stream()
                    .mapToInt(input -> before.getOrDefault(input, -1))
                    .max()
                    .orElse(-1);
            if (name.equals(image)) {
                continue;
            }
            if (NodeDefs.isConstant(node)) {
                constants.put(name, isWeight(NodeDefs.value(node)) ? Set.of(name) : Set.of());
            } else if (layer < 0 || Operations.OF_SHAPE.contains(node.getOp())) {
                constants.put(name, layer < 0 ? weights : Set.of());
            } else if (LAYERS.contains(node.getOp()) && !weights.isEmpty()) {
                layers.add(weights);
                before.put(name, layers.size());
            } else {
                before.put(name, layer);
                if (layer > 0) {
                    layers.get(layer - 1).addAll(weights);
                }
            }
        }
        return layers;
    }

    private static boolean isWeight(TensorProto value) {
        return NUMBERS.contains(value.getDtype()) && TensorProtos.shape(value).size() > 1;
    }

    private static TensorProto shuffled(TensorProto value, long seed) {
        TensorProto whole = value.getTensorContent().isEmpty() && value.getDtype() == DataType.DT_FLOAT
                ? TensorProtos.floats(
                        TensorProtos.shape(value), Constant.of(value).values())
                : value;
        byte[] bytes = whole.getTensorContent().toByteArray();
        int width = TensorProtos.elementBytes(whole.getDtype());
        byte[] moved = new byte[width];
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = bytes.length / width - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            System.arraycopy(bytes, i * width, moved, 0, width);
            System.arraycopy(bytes, j * width, bytes, i * width, width);
            System.arraycopy(moved, 0, bytes, j * width, width);
        }
        return whole.toBuilder().setTensorContent(ByteString.copyFrom(bytes)).build();
    }
}
