package io.hedgerow.compiler.frontend.passes;

import com.google.protobuf.ByteString;
import io.hedgerow.compiler.frontend.flat.Constants;
import io.hedgerow.compiler.frontend.flat.Evaluator;
import io.hedgerow.compiler.frontend.flat.FlatGraph;
import io.hedgerow.compiler.frontend.flat.Skeleton;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
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
import org.tensorflow.proto.TensorProto;

/**
 * Writes a matrix product that is applied at each position of a feature map, as a Dense layer on a 4-D tensor is, as what
 * it is: a 1 × 1 convolution. Keras makes it of a reshape to a matrix and a MatMul (Tensordot), a batched MatMul or an
 * Einsum.
 */
public final class PositionwiseProducts {
    private static final Set<String> BATCHED = Set.of("BatchMatMul", "BatchMatMulV2", "BatchMatMulV3");
    private static final AttrValue FLOAT =
            AttrValue.newBuilder().setType(DataType.DT_FLOAT).build();

    private final FlatGraph graph;
    private final Map<String, NodeDef> nodes = new LinkedHashMap<>();

    private PositionwiseProducts(FlatGraph graph) {
        this.graph = graph;
    }

    /** A product at each position: of what, with which matrix of channels × results. */
    private record Product(String x, TensorProto weights, boolean transposed) {}

    public static FlatGraph convolve(FlatGraph graph, Shape input) {
        if (graph.nodes().values().stream().noneMatch(PositionwiseProducts::isProduct)) {
            return graph;
        }
        return new PositionwiseProducts(graph).convolve(input);
    }

    private FlatGraph convolve(Shape input) {
        try (Evaluator shapes = new Evaluator(Skeleton.of(graph, input).graph())) {
            for (NodeDef node : graph.nodes().values()) {
                Optional<Product> product = isProduct(node) ? product(node, shapes) : Optional.empty();
                product.ifPresentOrElse(found -> write(node, found, shapes), () -> nodes.put(node.getName(), node));
            }
        }
        return new FlatGraph(nodes, graph.image(), graph.output(), graph.versions()).upTo(List.of(graph.output()));
    }

    private static boolean isProduct(NodeDef node) {
        String operation = node.getOp();
        return operation.equals("MatMul") || operation.equals("Einsum") || BATCHED.contains(operation);
    }

    private Optional<Product> product(NodeDef node, Evaluator shapes) {
        if (node.getInputCount() != 2 || Constants.type(node, "T") != DataType.DT_FLOAT) {
            return Optional.empty();
        }
        NodeDef right = graph.node(FlatGraph.nodeOf(node.getInput(1)));
        if (!Constants.isConstant(right)) {
            return Optional.empty();
        }
        String left = node.getInput(0);
        String x = node.getOp().equals("MatMul") ? beforeFlattening(left) : left;
        TensorProto weights = Constants.value(right);
        long[] matrix = Constants.shape(weights.getTensorShape()).asArray();
        boolean single =
                Arrays.stream(matrix).limit(Math.max(0, matrix.length - 2)).allMatch(size -> size == 1);
        Shape shape = shapes.shape(x);
        int rank = shape.numDimensions();
        if (matrix.length < 2 || !single || (rank != 3 && rank != 4) || isPoint(shape) || !contracts(node, rank)) {
            return Optional.empty();
        }
        boolean transposed = flag(node, "transpose_b") || flag(node, "adj_y");
        if (transposed && weights.getTensorContent().isEmpty()) {
            return Optional.empty();
        }
        long channels = matrix[matrix.length - (transposed ? 1 : 2)];
        boolean applies = shape.get(rank - 1) == channels && (rank == 4 || shape.get(1) > 0);
        return applies ? Optional.of(new Product(x, weights, transposed)) : Optional.empty();
    }

    /** What was made a matrix of one position each row, or the tensor itself. */
    private String beforeFlattening(String tensor) {
        NodeDef node = graph.node(FlatGraph.nodeOf(tensor));
        return node.getOp().equals("Reshape") ? node.getInput(0) : tensor;
    }

    /** Nothing is gained at a single position: there a product is a layer of the head. */
    private static boolean isPoint(Shape shape) {
        return shape.numDimensions() == 4 && shape.get(1) == 1 && shape.get(2) == 1;
    }

    private static boolean contracts(NodeDef node, int rank) {
        if (!node.getOp().equals("Einsum")) {
            return !flag(node, "transpose_a") && !flag(node, "adj_x");
        }
        String equation = node.getAttrOrDefault("equation", AttrValue.getDefaultInstance())
                .getS()
                .toStringUtf8()
                .replace(" ", "")
                .replace("...", "#");
        String letters = "[a-zA-Z#]{%d,%d}".formatted(equation.contains("#") ? 1 : rank - 1, rank - 1);
        return equation.matches(
                "(?<kept>" + letters + ")(?<summed>[a-zA-Z]),\\k<summed>(?<result>[a-zA-Z])->\\k<kept>\\k<result>");
    }

    private void write(NodeDef product, Product found, Evaluator shapes) {
        String name = product.getName();
        Shape shape = shapes.shape(found.x());
        Shape result = shapes.shape(name + ":0");
        TensorProto kernel = kernel(found);
        put(Constants.node(name + "/kernel", kernel));
        boolean direct = shape.numDimensions() == 4 && result.numDimensions() == 4;
        String x = found.x();
        if (shape.numDimensions() == 3) {
            x = reshape(name + "/rows", x, LongStream.of(-1, 1, shape.get(1), shape.get(2)));
        }
        NodeDef.Builder convolution = NodeDef.newBuilder()
                .setName(direct ? name : name + "/convolution")
                .setOp("Conv2D")
                .addInput(x)
                .addInput(name + "/kernel:0")
                .putAttr("T", FLOAT)
                .putAttr("strides", ones())
                .putAttr("dilations", ones())
                .putAttr("padding", text("VALID"))
                .putAttr("data_format", text("NHWC"));
        put(convolution.build());
        if (!direct) {
            long[] sizes = result.asArray();
            sizes[0] = -1;
            reshape(name, convolution.getName() + ":0", Arrays.stream(sizes));
        }
    }

    private String reshape(String name, String tensor, LongStream sizes) {
        long[] shape = sizes.toArray();
        put(Constants.node(name + "/shape", Constants.integers(DataType.DT_INT64, Shape.of(shape.length), shape)));
        put(NodeDef.newBuilder()
                .setName(name)
                .setOp("Reshape")
                .addInput(tensor)
                .addInput(name + "/shape:0")
                .putAttr("T", FLOAT)
                .putAttr(
                        "Tshape",
                        AttrValue.newBuilder().setType(DataType.DT_INT64).build())
                .build());
        return name + ":0";
    }

    private void put(NodeDef node) {
        if (nodes.put(node.getName(), node) != null) {
            throw new IllegalStateException("two nodes are called " + node.getName());
        }
    }

    private static TensorProto kernel(Product product) {
        TensorProto weights = product.weights();
        long[] matrix = Constants.shape(weights.getTensorShape()).asArray();
        long rows = matrix[matrix.length - 2];
        long columns = matrix[matrix.length - 1];
        if (!product.transposed()) {
            return weights.toBuilder()
                    .setTensorShape(Constants.proto(Shape.of(1, 1, rows, columns)))
                    .build();
        }
        ByteString content = weights.getTensorContent();
        ByteBuffer from = content.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer to = ByteBuffer.allocate(content.size()).order(ByteOrder.LITTLE_ENDIAN);
        for (int column = 0; column < columns; column++) {
            for (int row = 0; row < rows; row++) {
                to.putFloat(from.getFloat(Math.toIntExact((row * columns + column) * Float.BYTES)));
            }
        }
        return Constants.tensor(DataType.DT_FLOAT, Shape.of(1, 1, columns, rows), ByteString.copyFrom(to.flip()));
    }

    private static boolean flag(NodeDef node, String attribute) {
        return node.getAttrOrDefault(attribute, AttrValue.getDefaultInstance()).getB();
    }

    private static AttrValue ones() {
        return AttrValue.newBuilder()
                .setList(AttrValue.ListValue.newBuilder().addAllI(List.of(1L, 1L, 1L, 1L)))
                .build();
    }

    private static AttrValue text(String value) {
        return AttrValue.newBuilder().setS(ByteString.copyFromUtf8(value)).build();
    }
}
