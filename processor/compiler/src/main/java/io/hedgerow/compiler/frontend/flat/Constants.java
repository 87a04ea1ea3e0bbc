package io.hedgerow.compiler.frontend.flat;

import com.google.protobuf.ByteString;
import io.hedgerow.compiler.api.ModelRefusedException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** Constant tensors as protos: their nodes, sizes and limits. */
public final class Constants {
    public static final String OP = "Const";
    static final String VALUE = "value";
    public static final String DTYPE = "dtype";

    /** The largest tensor taken from a model: VGG's largest has 411 MB. A graph's proto must stay under 2 GiB. */
    public static final long MAX_BYTES = 1L << 29;

    /** All of a model's constants: a graph's proto can't hold 2 GiB. */
    public static final long MAX_TOTAL_BYTES = 3L << 29;

    private Constants() {}

    public static NodeDef node(String name, TensorProto value) {
        return NodeDef.newBuilder()
                .setName(name)
                .setOp(OP)
                .putAttr(DTYPE, AttrValue.newBuilder().setType(value.getDtype()).build())
                .putAttr(VALUE, AttrValue.newBuilder().setTensor(value).build())
                .build();
    }

    public static NodeDef placeholder(String name, DataType type, Shape shape) {
        return NodeDef.newBuilder()
                .setName(name)
                .setOp("Placeholder")
                .putAttr(DTYPE, AttrValue.newBuilder().setType(type).build())
                .putAttr("shape", AttrValue.newBuilder().setShape(proto(shape)).build())
                .build();
    }

    public static boolean isConstant(NodeDef node) {
        return node.getOp().equals(OP);
    }

    public static TensorProto value(NodeDef node) {
        return node.getAttrOrDefault(VALUE, AttrValue.getDefaultInstance()).getTensor();
    }

    public static DataType type(NodeDef node, String attribute) {
        return node.getAttrOrDefault(attribute, AttrValue.getDefaultInstance()).getType();
    }

    /** Bytes of one element; 0 for a type without a fixed size, such as strings, or a quantised one. */
    public static int elementBytes(DataType type) {
        return switch (type) {
            case DT_BOOL, DT_INT8, DT_UINT8 -> 1;
            case DT_HALF, DT_BFLOAT16, DT_INT16, DT_UINT16 -> 2;
            case DT_FLOAT, DT_INT32, DT_UINT32 -> 4;
            case DT_DOUBLE, DT_INT64, DT_UINT64 -> 8;
            default -> 0;
        };
    }

    /**
     * Bytes of a tensor.
     *
     * @param where what holds the tensor, for the error
     * @throws ModelRefusedException if the shape is not fully known, or the tensor is larger than {@link #MAX_BYTES}
     */
    public static long bytes(DataType type, Shape shape, String where) {
        long bytes = Math.max(1, elementBytes(type));
        if (shape.isUnknown() || shape.hasUnknownDimension()) {
            throw new ModelRefusedException(
                    "%s holds a tensor of unknown shape%s".formatted(where, shape.isUnknown() ? "" : " " + shape));
        }
        for (long size : shape.asArray()) {
            // each factor is bounded first, so that the product can't overflow
            if (size < 0 || size > MAX_BYTES || bytes * size > MAX_BYTES) {
                throw new ModelRefusedException(
                        "%s holds a tensor of shape %s; at most %d bytes are taken".formatted(where, shape, MAX_BYTES));
            }
            bytes *= size;
        }
        return bytes;
    }

    /** Checks a constant that came from outside, before native code reads it. */
    public static void check(NodeDef node, String where) {
        TensorProto value = value(node);
        DataType type = type(node, DTYPE);
        if (value.getDtype() != type) {
            throw new ModelRefusedException("%s declares %s but holds %s".formatted(where, type, value.getDtype()));
        }
        if (elementBytes(type) == 0) {
            throw new ModelRefusedException(
                    "%s is a constant of type %s, on the way from the image to the output; only numbers can be there"
                            .formatted(where, type));
        }
        long bytes = bytes(type, shape(value.getTensorShape()), where);
        int held = value.getTensorContent().size();
        if (held != 0 && held != bytes) {
            throw new ModelRefusedException("%s holds %d bytes, but its shape takes %d".formatted(where, held, bytes));
        }
    }

    /** Refuses nodes whose constants and variables take too much in all, however few bytes declare them. */
    public static void checkTotal(Collection<NodeDef> nodes) {
        long total = 0;
        for (NodeDef node : nodes) {
            if (isConstant(node)) {
                total += bytes(type(node, DTYPE), shape(value(node).getTensorShape()), "node " + node.getName());
            }
        }
        if (total > MAX_TOTAL_BYTES) {
            throw new ModelRefusedException(
                    "the model's weights take %d bytes; at most %d are taken".formatted(total, MAX_TOTAL_BYTES));
        }
    }

    public static Shape shape(TensorShapeProto proto) {
        if (proto.getUnknownRank()) {
            return Shape.unknown();
        }
        return Shape.of(proto.getDimList().stream()
                .mapToLong(dimension -> Math.max(-1, dimension.getSize()))
                .toArray());
    }

    public static TensorShapeProto proto(Shape shape) {
        TensorShapeProto.Builder proto = TensorShapeProto.newBuilder();
        for (long size : shape.asArray()) {
            proto.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
        }
        return proto.build();
    }

    public static TensorProto tensor(DataType type, Shape shape, ByteString content) {
        return TensorProto.newBuilder()
                .setDtype(type)
                .setTensorShape(proto(shape))
                .setTensorContent(content)
                .build();
    }

    /** A tensor of 32- or 64-bit integers. */
    public static TensorProto integers(DataType type, Shape shape, long... values) {
        int width = elementBytes(type);
        ByteBuffer content = ByteBuffer.allocate(values.length * width).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            if (width == Integer.BYTES) {
                content.putInt((int) value);
            } else {
                content.putLong(value);
            }
        }
        return tensor(type, shape, ByteString.copyFrom(content.flip()));
    }

    public static String list(List<String> names) {
        return names.isEmpty() ? "none" : names.stream().sorted().collect(Collectors.joining(", "));
    }
}
