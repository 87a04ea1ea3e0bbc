package io.hedgerow.compiler.frontend.passes;

import com.google.protobuf.ByteString;
import io.hedgerow.compiler.frontend.flat.Evaluator;
import io.hedgerow.compiler.frontend.flat.FlatGraph;
import io.hedgerow.compiler.frontend.flat.FlatGraphWriter;
import io.hedgerow.compiler.graph.NodeDefs;
import io.hedgerow.compiler.graph.Operations;
import io.hedgerow.compiler.graph.TensorProtos;
import io.hedgerow.compiler.graph.TensorRef;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
final class PositionwiseProducts implements GraphPass {
    private static final AttrValue FLOAT = NodeDefs.attribute(DataType.DT_FLOAT);
    private static final AttrValue ONES = NodeDefs.numbers(List.of(1L, 1L, 1L, 1L));

    /** A product at each position: of what, with which matrix of channels × results. */
    private record Product(String x, TensorProto weights, boolean transposed) {}

    @Override
    public String name() {
        return "positionwise products";
    }

    @Override
    public FlatGraph apply(FlatGraph graph, Evaluator shapes) {
        if (graph.nodes().values().stream().noneMatch(PositionwiseProducts::isProduct)) {
            return graph;
        }
        FlatGraphWriter out = new FlatGraphWriter(graph);
        for (NodeDef node : graph.nodes().values()) {
            Optional<Product> product = isProduct(node) ? product(node, graph, shapes) : Optional.empty();
            product.ifPresentOrElse(found -> write(node, found, shapes, out), () -> out.put(node));
        }
        return out.written();
    }

    private static boolean isProduct(NodeDef node) {
        return Operations.MATRIX_PRODUCTS.contains(node.getOp());
    }

    private static Optional<Product> product(NodeDef node, FlatGraph graph, Evaluator shapes) {
        if (node.getInputCount() != 2 || NodeDefs.type(node, "T") != DataType.DT_FLOAT) {
            return Optional.empty();
        }
        NodeDef right = graph.node(TensorRef.nodeOf(node.getInput(1)));
        if (!NodeDefs.isConstant(right)) {
            return Optional.empty();
        }
        String left = node.getInput(0);
        String x = node.getOp().equals("MatMul") ? beforeFlattening(left, graph) : left;
        TensorProto weights = NodeDefs.value(right);
        long[] matrix = TensorProtos.shape(weights.getTensorShape()).asArray();
        boolean single =
                Arrays.stream(matrix).limit(Math.max(0, matrix.length - 2)).allMatch(size -> size == 1);
        Shape shape = shapes.shape(x);
        int rank = shape.numDimensions();
        if (matrix.length < 2 || !single || (rank != 3 && rank != 4) || isPoint(shape) || !contracts(node, rank)) {
            return Optional.empty();
        }
        boolean transposed = NodeDefs.flag(node, "transpose_b") || NodeDefs.flag(node, "adj_y");
        if (transposed && weights.getTensorContent().isEmpty()) {
            return Optional.empty();
        }
        long channels = matrix[matrix.length - (transposed ? 1 : 2)];
        boolean applies = shape.get(rank - 1) == channels && (rank == 4 || shape.get(1) > 0);
        return applies ? Optional.of(new Product(x, weights, transposed)) : Optional.empty();
    }

    /** What was made a matrix of one position each row, or the tensor itself. */
    private static String beforeFlattening(String tensor, FlatGraph graph) {
        NodeDef node = graph.node(TensorRef.nodeOf(tensor));
        return node.getOp().equals("Reshape") ? node.getInput(0) : tensor;
    }

    /** Nothing is gained at a single position: there a product is a layer of the head. */
    private static boolean isPoint(Shape shape) {
        return shape.numDimensions() == 4 && shape.get(1) == 1 && shape.get(2) == 1;
    }

    private static boolean contracts(NodeDef node, int rank) {
        if (!node.getOp().equals("Einsum")) {
            return !NodeDefs.flag(node, "transpose_a") && !NodeDefs.flag(node, "adj_x");
        }
        String equation = NodeDefs.text(node, "equation").replace(" ", "").replace("...", "#");
        String letters = "[a-zA-Z#]{%d,%d}".formatted(equation.contains("#") ? 1 : rank - 1, rank - 1);
        return equation.matches(
                "(?<kept>" + letters + ")(?<summed>[a-zA-Z]),\\k<summed>(?<result>[a-zA-Z])->\\k<kept>\\k<result>");
    }

    private static void write(NodeDef product, Product found, Evaluator shapes, FlatGraphWriter out) {
        String name = product.getName();
        Shape shape = shapes.shape(found.x());
        Shape result = shapes.shape(name + ":0");
        String kernel = out.constant(name + "/kernel", kernel(found));
        boolean direct = shape.numDimensions() == 4 && result.numDimensions() == 4;
        String x = found.x();
        if (shape.numDimensions() == 3) {
            x = reshape(out.free(name + "/rows"), x, LongStream.of(-1, 1, shape.get(1), shape.get(2)), out);
        }
        String convolved = out.put(NodeDefs.node(direct ? name : out.free(name + "/convolution"), "Conv2D", x, kernel)
                .putAttr("T", FLOAT)
                .putAttr("strides", ONES)
                .putAttr("dilations", ONES)
                .putAttr("padding", NodeDefs.attribute("VALID"))
                .putAttr("data_format", NodeDefs.attribute("NHWC"))
                .build());
        if (!direct) {
            long[] sizes = result.asArray();
            sizes[0] = -1;
            reshape(name, convolved, Arrays.stream(sizes), out);
        }
    }

    private static String reshape(String name, String tensor, LongStream sizes, FlatGraphWriter out) {
        long[] shape = sizes.toArray();
        String written =
                out.constant(name + "/shape", TensorProtos.integers(DataType.DT_INT64, Shape.of(shape.length), shape));
        return out.put(NodeDefs.node(name, "Reshape", tensor, written)
                .putAttr("T", FLOAT)
                .putAttr("Tshape", NodeDefs.attribute(DataType.DT_INT64))
                .build());
    }

    private static TensorProto kernel(Product product) {
        TensorProto weights = product.weights();
        long[] matrix = TensorProtos.shape(weights.getTensorShape()).asArray();
        long rows = matrix[matrix.length - 2];
        long columns = matrix[matrix.length - 1];
        if (!product.transposed()) {
            return weights.toBuilder()
                    .setTensorShape(TensorProtos.proto(Shape.of(1, 1, rows, columns)))
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
        return TensorProtos.tensor(DataType.DT_FLOAT, Shape.of(1, 1, columns, rows), ByteString.copyFrom(to.flip()));
    }
}
