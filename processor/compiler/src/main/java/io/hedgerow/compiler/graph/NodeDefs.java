package io.hedgerow.compiler.graph;

import com.google.protobuf.ByteString;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;

/** Nodes and their attributes as TensorFlow's protos have them, read and written: the one place that does. */
public final class NodeDefs {
    /** The operation of a constant. */
    public static final String CONST = "Const";

    /** The attribute that says of what type a constant, a variable or a placeholder is. */
    public static final String DTYPE = "dtype";

    private static final String VALUE = "value";
    private static final String SHAPE = "shape";
    private static final String AWAITED = "^";

    private NodeDefs() {}

    /** A node to which attributes can be added. */
    public static NodeDef.Builder node(String name, String operation, String... inputs) {
        return NodeDef.newBuilder().setName(name).setOp(operation).addAllInput(List.of(inputs));
    }

    public static NodeDef constant(String name, TensorProto value) {
        return node(name, CONST)
                .putAttr(DTYPE, attribute(value.getDtype()))
                .putAttr(VALUE, attribute(value))
                .build();
    }

    public static NodeDef placeholder(String name, DataType type, Shape shape) {
        return node(name, "Placeholder")
                .putAttr(DTYPE, attribute(type))
                .putAttr(SHAPE, attribute(shape))
                .build();
    }

    public static boolean isConstant(NodeDef node) {
        return node.getOp().equals(CONST);
    }

    /** A constant's value; an empty tensor if it declares none. */
    public static TensorProto value(NodeDef node) {
        return attribute(node, VALUE).getTensor();
    }

    /** A constant with another value. */
    public static NodeDef withValue(NodeDef constant, TensorProto value) {
        return constant.toBuilder().putAttr(VALUE, attribute(value)).build();
    }

    /** The shape that a placeholder or a variable declares; a scalar's if it declares none. */
    public static Shape shape(NodeDef node) {
        return TensorProtos.shape(attribute(node, SHAPE).getShape());
    }

    public static boolean hasShape(NodeDef node) {
        return node.containsAttr(SHAPE);
    }

    public static DataType type(NodeDef node, String attribute) {
        return attribute(node, attribute).getType();
    }

    public static boolean flag(NodeDef node, String attribute) {
        return attribute(node, attribute).getB();
    }

    /** A text that an attribute holds; empty if there is none. */
    public static String text(NodeDef node, String attribute) {
        return attribute(node, attribute).getS().toStringUtf8();
    }

    private static AttrValue attribute(NodeDef node, String name) {
        return node.getAttrOrDefault(name, AttrValue.getDefaultInstance());
    }

    public static AttrValue attribute(DataType type) {
        return AttrValue.newBuilder().setType(type).build();
    }

    public static AttrValue attribute(boolean value) {
        return AttrValue.newBuilder().setB(value).build();
    }

    public static AttrValue attribute(long value) {
        return AttrValue.newBuilder().setI(value).build();
    }

    public static AttrValue attribute(String value) {
        return AttrValue.newBuilder().setS(ByteString.copyFromUtf8(value)).build();
    }

    public static AttrValue attribute(Shape shape) {
        return AttrValue.newBuilder().setShape(TensorProtos.proto(shape)).build();
    }

    public static AttrValue attribute(TensorProto value) {
        return AttrValue.newBuilder().setTensor(value).build();
    }

    public static AttrValue numbers(Collection<Long> values) {
        return AttrValue.newBuilder()
                .setList(AttrValue.ListValue.newBuilder().addAllI(values))
                .build();
    }

    public static AttrValue types(Collection<DataType> types) {
        return AttrValue.newBuilder()
                .setList(AttrValue.ListValue.newBuilder().addAllType(types))
                .build();
    }

    /** The tensors that a node reads. */
    public static Stream<TensorRef> read(NodeDef node) {
        return node.getInputList().stream()
                .filter(input -> !input.startsWith(AWAITED))
                .map(TensorRef::parse);
    }

    /** The nodes that it waits for without reading what they compute. */
    public static Stream<String> awaited(NodeDef node) {
        return node.getInputList().stream()
                .filter(input -> input.startsWith(AWAITED))
                .map(input -> input.substring(AWAITED.length()));
    }

    /** An input that is only waited for. */
    public static String await(String node) {
        return AWAITED + node;
    }
}
