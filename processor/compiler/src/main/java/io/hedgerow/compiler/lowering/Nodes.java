package io.hedgerow.compiler.lowering;

import com.google.protobuf.ByteString;
import io.hedgerow.compiler.graph.TensorRef;
import java.util.List;
import java.util.stream.Stream;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** Reads and writes the nodes of a graph's definition. */
final class Nodes {
    private static final String AWAITED = "^";

    private Nodes() {}

    static NodeDef.Builder node(String name, String operation, String... inputs) {
        return NodeDef.newBuilder().setName(name).setOp(operation).addAllInput(List.of(inputs));
    }

    /** One number. */
    static NodeDef.Builder constant(String name, float value) {
        return constant(
                name, TensorProto.newBuilder().setDtype(DataType.DT_FLOAT).addFloatVal(value));
    }

    /** One number. */
    static NodeDef.Builder constant(String name, int value) {
        return constant(
                name, TensorProto.newBuilder().setDtype(DataType.DT_INT32).addIntVal(value));
    }

    /** A vector. */
    static NodeDef.Builder vector(String name, Integer... values) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dim.newBuilder().setSize(values.length));
        return constant(
                name,
                TensorProto.newBuilder()
                        .setDtype(DataType.DT_INT32)
                        .setTensorShape(shape)
                        .addAllIntVal(List.of(values)));
    }

    private static NodeDef.Builder constant(String name, TensorProto.Builder tensor) {
        return node(name, "Const")
                .putAttr("dtype", attribute(tensor.getDtype()))
                .putAttr("value", AttrValue.newBuilder().setTensor(tensor).build());
    }

    static AttrValue attribute(DataType type) {
        return AttrValue.newBuilder().setType(type).build();
    }

    static AttrValue attribute(boolean value) {
        return AttrValue.newBuilder().setB(value).build();
    }

    static AttrValue attribute(long value) {
        return AttrValue.newBuilder().setI(value).build();
    }

    static AttrValue attribute(String value) {
        return AttrValue.newBuilder().setS(ByteString.copyFromUtf8(value)).build();
    }

    /** The tensors that a node reads. */
    static Stream<TensorRef> read(NodeDef node) {
        return node.getInputList().stream()
                .filter(input -> !input.startsWith(AWAITED))
                .map(TensorRef::parse);
    }

    /** The nodes that it waits for without reading what they compute. */
    static Stream<String> awaited(NodeDef node) {
        return node.getInputList().stream()
                .filter(input -> input.startsWith(AWAITED))
                .map(input -> input.substring(AWAITED.length()));
    }

    /** An input that is only waited for. */
    static String await(String node) {
        return AWAITED + node;
    }
}
