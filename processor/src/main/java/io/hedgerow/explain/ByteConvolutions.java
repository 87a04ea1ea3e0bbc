package io.hedgerow.explain;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;

/**
 * Convolutions of zeros and ones with small whole numbers, computed in bytes instead of float32: four products where a CPU
 * has time for one. Their sums are whole numbers that both formats hold, so that results are the same to the bit.
 */
final class ByteConvolutions {
    private static final int LARGEST = 127;
    private static final List<String> GEOMETRY = List.of("strides", "padding", "explicit_paddings", "dilations");

    private final Map<String, NodeDef> nodes = new HashMap<>();
    private final GraphDef graph;

    private ByteConvolutions(GraphDef graph) {
        this.graph = graph;
        graph.getNodeList().forEach(node -> nodes.put(node.getName(), node));
    }

    /** The graph with such convolutions in bytes, under their old names. */
    static GraphDef in(GraphDef graph) {
        return new ByteConvolutions(graph).rewritten();
    }

    private GraphDef rewritten() {
        GraphDef.Builder rewritten = graph.toBuilder().clearNode();
        for (NodeDef node : graph.getNodeList()) {
            Optional<ByteString> kernel = kernel(node);
            if (kernel.isPresent()) {
                addInBytes(rewritten, node, kernel.get());
            } else {
                rewritten.addNode(node);
            }
        }
        return rewritten.build();
    }

    /** In bytes; empty if the node is no convolution of zeros and ones with whole numbers. */
    private Optional<ByteString> kernel(NodeDef node) {
        if (!node.getOp().equals("Conv2D") || type(node, "T") != DataType.DT_FLOAT) {
            return Optional.empty();
        }
        NodeDef input = producer(node, 0);
        boolean isIndicator = input.getOp().equals("Cast") && type(input, "SrcT") == DataType.DT_BOOL;
        NodeDef kernel = producer(node, 1);
        return isIndicator && kernel.getOp().equals("Const")
                ? bytes(kernel.getAttrOrThrow("value").getTensor())
                : Optional.empty();
    }

    private NodeDef producer(NodeDef node, int input) {
        return nodes.getOrDefault(node.getInput(input).replaceFirst(":0$", ""), NodeDef.getDefaultInstance());
    }

    private static Optional<ByteString> bytes(TensorProto tensor) {
        FloatBuffer values = tensor.getTensorContent()
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        ByteBuffer bytes = ByteBuffer.allocate(values.remaining());
        while (values.hasRemaining()) {
            float value = values.get();
            if (value != Math.rint(value) || Math.abs(value) > LARGEST) {
                return Optional.empty();
            }
            bytes.put((byte) value);
        }
        // a constant may be written otherwise, as one number for all
        return bytes.position() == 0 ? Optional.empty() : Optional.of(ByteString.copyFrom(bytes.flip()));
    }

    private void addInBytes(GraphDef.Builder graph, NodeDef convolution, ByteString kernel) {
        String name = convolution.getName();
        NodeDef.Builder input =
                cast(name + "/bytes", producer(convolution, 0).getInput(0), DataType.DT_BOOL, DataType.DT_UINT8);
        convolution.getInputList().stream().filter(from -> from.startsWith("^")).forEach(input::addInput);
        graph.addNode(input);
        graph.addNode(node(name + "/input", "Bitcast", name + "/bytes")
                .putAttr("T", of(DataType.DT_UINT8))
                .putAttr("type", of(DataType.DT_QUINT8)));
        TensorProto.Builder values = TensorProto.newBuilder()
                .setDtype(DataType.DT_QINT8)
                .setTensorShape(producer(convolution, 1)
                        .getAttrOrThrow("value")
                        .getTensor()
                        .getTensorShape())
                .setTensorContent(kernel);
        graph.addNode(constant(name + "/kernel", values));
        // a level is 1, so that sums are what they are
        graph.addNode(constant(name + "/input_min", scalar(0)));
        graph.addNode(constant(name + "/input_max", scalar(255)));
        graph.addNode(constant(name + "/kernel_min", scalar(-LARGEST)));
        graph.addNode(constant(name + "/kernel_max", scalar(LARGEST)));
        graph.addNode(sums(convolution));
        graph.addNode(node(name + "/whole", "Bitcast", name + "/sums")
                .putAttr("T", of(DataType.DT_QINT32))
                .putAttr("type", of(DataType.DT_INT32)));
        graph.addNode(cast(name, name + "/whole", DataType.DT_INT32, DataType.DT_FLOAT));
    }

    /** oneDNN's convolution of unsigned with signed bytes, which adds up in 32 bits. */
    private static NodeDef.Builder sums(NodeDef convolution) {
        String name = convolution.getName();
        NodeDef.Builder sums = node(
                        name + "/sums",
                        "_FusedQuantizedConv2D",
                        name + "/input",
                        name + "/kernel",
                        name + "/input_min",
                        name + "/input_max",
                        name + "/kernel_min",
                        name + "/kernel_max")
                .putAttr("Tinput", of(DataType.DT_QUINT8))
                .putAttr("Tfilter", of(DataType.DT_QINT8))
                .putAttr("Tbias", of(DataType.DT_FLOAT))
                .putAttr("Tsummand", of(DataType.DT_QINT32))
                .putAttr("out_type", of(DataType.DT_QINT32))
                .putAttr("Tdevice_inputs", list(DataType.DT_QUINT8, DataType.DT_QINT8))
                .putAttr(
                        "Thost_inputs",
                        list(DataType.DT_FLOAT, DataType.DT_FLOAT, DataType.DT_FLOAT, DataType.DT_FLOAT))
                .putAttr("Tdevice_outputs", list(DataType.DT_QINT32))
                .putAttr("Thost_outputs", list(DataType.DT_FLOAT, DataType.DT_FLOAT))
                .putAttr("is_filter_const", AttrValue.newBuilder().setB(true).build());
        GEOMETRY.stream()
                .filter(convolution::containsAttr)
                .forEach(attribute -> sums.putAttr(attribute, convolution.getAttrOrThrow(attribute)));
        return sums;
    }

    private static NodeDef.Builder node(String name, String operation, String... inputs) {
        return NodeDef.newBuilder().setName(name).setOp(operation).addAllInput(List.of(inputs));
    }

    private static NodeDef.Builder cast(String name, String input, DataType from, DataType to) {
        return node(name, "Cast", input).putAttr("SrcT", of(from)).putAttr("DstT", of(to));
    }

    private static NodeDef.Builder constant(String name, TensorProto.Builder value) {
        return node(name, "Const")
                .putAttr("dtype", of(value.getDtype()))
                .putAttr("value", AttrValue.newBuilder().setTensor(value).build());
    }

    private static TensorProto.Builder scalar(float value) {
        return TensorProto.newBuilder().setDtype(DataType.DT_FLOAT).addFloatVal(value);
    }

    private static DataType type(NodeDef node, String attribute) {
        return node.getAttrOrDefault(attribute, AttrValue.getDefaultInstance()).getType();
    }

    private static AttrValue of(DataType type) {
        return AttrValue.newBuilder().setType(type).build();
    }

    private static AttrValue list(DataType... types) {
        return AttrValue.newBuilder()
                .setList(AttrValue.ListValue.newBuilder().addAllType(List.of(types)))
                .build();
    }
}
