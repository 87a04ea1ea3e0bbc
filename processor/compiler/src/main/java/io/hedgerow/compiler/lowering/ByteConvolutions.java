package io.hedgerow.compiler.lowering;

import static io.hedgerow.compiler.graph.NodeDefs.attribute;
import static io.hedgerow.compiler.graph.NodeDefs.await;
import static io.hedgerow.compiler.graph.NodeDefs.awaited;
import static io.hedgerow.compiler.graph.NodeDefs.node;
import static io.hedgerow.compiler.graph.NodeDefs.types;

import io.hedgerow.compiler.graph.Constant;
import io.hedgerow.compiler.graph.NodeDefs;
import io.hedgerow.compiler.graph.TensorProtos;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
            if (isOfBytes(node)) {
                addInBytes(rewritten, node);
            } else {
                rewritten.addNode(node);
            }
        }
        return rewritten.build();
    }

    /** Whether the node convolves zeros and ones with whole numbers from 0 to 127. */
    private boolean isOfBytes(NodeDef node) {
        if (!node.getOp().equals("Conv2D") || NodeDefs.type(node, "T") != DataType.DT_FLOAT) {
            return false;
        }
        NodeDef input = producer(node, 0);
        NodeDef kernel = producer(node, 1);
        return input.getOp().equals("Cast")
                && NodeDefs.type(input, "SrcT") == DataType.DT_BOOL
                && kernel.getOp().equals("ClipByValue")
                && producer(kernel, 0).getOp().equals("Round")
                && number(producer(kernel, 1)) >= 0
                && number(producer(kernel, 2)) <= LARGEST;
    }

    private NodeDef producer(NodeDef node, int input) {
        return nodes.getOrDefault(node.getInput(input).replaceFirst(":0$", ""), NodeDef.getDefaultInstance());
    }

    /** A constant's, or NaN. */
    private static float number(NodeDef node) {
        TensorProto tensor = NodeDefs.value(node);
        boolean isNumber = NodeDefs.isConstant(node)
                && tensor.getDtype() == DataType.DT_FLOAT
                && tensor.getTensorShape().getDimCount() == 0;
        return isNumber ? Constant.of(tensor).values()[0] : Float.NaN;
    }

    private void addInBytes(GraphDef.Builder graph, NodeDef convolution) {
        String name = convolution.getName();
        NodeDef.Builder input =
                cast(name + "/bytes", producer(convolution, 0).getInput(0), DataType.DT_BOOL, DataType.DT_UINT8);
        awaited(convolution).forEach(node -> input.addInput(await(node)));
        graph.addNode(input);
        graph.addNode(bitcast(name + "/input", name + "/bytes", DataType.DT_UINT8, DataType.DT_QUINT8));
        graph.addNode(cast(name + "/kernel_bytes", convolution.getInput(1), DataType.DT_FLOAT, DataType.DT_INT8));
        graph.addNode(bitcast(name + "/kernel", name + "/kernel_bytes", DataType.DT_INT8, DataType.DT_QINT8));
        // a level is 1, so that sums are what they are
        graph.addNode(NodeDefs.constant(name + "/input_min", TensorProtos.number(0f)));
        graph.addNode(NodeDefs.constant(name + "/input_max", TensorProtos.number(255f)));
        graph.addNode(NodeDefs.constant(name + "/kernel_min", TensorProtos.number((float) -LARGEST)));
        graph.addNode(NodeDefs.constant(name + "/kernel_max", TensorProtos.number((float) LARGEST)));
        graph.addNode(sums(convolution));
        graph.addNode(bitcast(name + "/whole", name + "/sums", DataType.DT_QINT32, DataType.DT_INT32));
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
                .putAttr("Tinput", attribute(DataType.DT_QUINT8))
                .putAttr("Tfilter", attribute(DataType.DT_QINT8))
                .putAttr("Tbias", attribute(DataType.DT_FLOAT))
                .putAttr("Tsummand", attribute(DataType.DT_QINT32))
                .putAttr("out_type", attribute(DataType.DT_QINT32))
                .putAttr("Tdevice_inputs", types(List.of(DataType.DT_QUINT8, DataType.DT_QINT8)))
                .putAttr(
                        "Thost_inputs",
                        types(List.of(DataType.DT_FLOAT, DataType.DT_FLOAT, DataType.DT_FLOAT, DataType.DT_FLOAT)))
                .putAttr("Tdevice_outputs", types(List.of(DataType.DT_QINT32)))
                .putAttr("Thost_outputs", types(List.of(DataType.DT_FLOAT, DataType.DT_FLOAT)))
                .putAttr("is_filter_const", attribute(true));
        GEOMETRY.stream()
                .filter(convolution::containsAttr)
                .forEach(attribute -> sums.putAttr(attribute, convolution.getAttrOrThrow(attribute)));
        return sums;
    }

    private static NodeDef.Builder cast(String name, String input, DataType from, DataType to) {
        return node(name, "Cast", input).putAttr("SrcT", attribute(from)).putAttr("DstT", attribute(to));
    }

    private static NodeDef.Builder bitcast(String name, String input, DataType from, DataType to) {
        return node(name, "Bitcast", input).putAttr("T", attribute(from)).putAttr("type", attribute(to));
    }
}
