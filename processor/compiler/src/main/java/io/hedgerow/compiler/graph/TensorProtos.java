package io.hedgerow.compiler.graph;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** Tensors and shapes as TensorFlow's protos have them, read and written: the one place that does. */
public final class TensorProtos {
    private TensorProtos() {}

    public static Shape shape(TensorShapeProto proto) {
        if (proto.getUnknownRank()) {
            return Shape.unknown();
        }
        return Shape.of(proto.getDimList().stream()
                .mapToLong(dimension -> Math.max(-1, dimension.getSize()))
                .toArray());
    }

    public static Shape shape(TensorProto tensor) {
        return shape(tensor.getTensorShape());
    }

    public static TensorShapeProto proto(Shape shape) {
        TensorShapeProto.Builder proto = TensorShapeProto.newBuilder();
        if (shape.isUnknown()) {
            return proto.setUnknownRank(true).build();
        }
        for (long size : shape.asArray()) {
            proto.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
        }
        return proto.build();
    }

    /**
     * A tensor of any type.
     *
     * @param content its elements, row by row, each with its lowest byte first
     */
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

    /** A vector of 32-bit integers. */
    public static TensorProto integers(int... values) {
        return integers(
                DataType.DT_INT32,
                Shape.of(values.length),
                Arrays.stream(values).asLongStream().toArray());
    }

    /** One 32-bit integer. */
    public static TensorProto integer(int value) {
        return integers(DataType.DT_INT32, Shape.scalar(), value);
    }

    public static TensorProto floats(Shape shape, float... values) {
        ByteBuffer content = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            content.putFloat(value);
        }
        return tensor(DataType.DT_FLOAT, shape, ByteString.copyFrom(content.flip()));
    }

    /** One float. */
    public static TensorProto number(float value) {
        return floats(Shape.scalar(), value);
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
}
