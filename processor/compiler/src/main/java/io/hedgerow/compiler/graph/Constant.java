package io.hedgerow.compiler.graph;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorProto;

/**
 * The value of a Const node, as floats (integers up to 2^24 exactly), row-major. They are read when they are first asked for:
 * of most weights nobody asks for more than the shape. Not thread-safe.
 */
public final class Constant {
    private final long[] shape;
    private final TensorProto tensor;
    private float @Nullable [] values;

    public Constant(long[] shape, float[] values) {
        this(shape, TensorProto.getDefaultInstance());
        this.values = values;
    }

    private Constant(long[] shape, TensorProto tensor) {
        this.shape = shape;
        this.tensor = tensor;
    }

    /** The value of a tensor of numbers. */
    public static Constant of(TensorProto tensor) {
        long[] shape = tensor.getTensorShape().getDimList().stream()
                .mapToLong(d -> d.getSize())
                .toArray();
        return new Constant(shape, tensor);
    }

    /** Its dimensions, empty for a scalar; not to be written to. */
    public long[] shape() {
        return shape;
    }

    /** Its numbers; not to be written to. */
    public float[] values() {
        float[] read = values;
        if (read == null) {
            read = values(tensor, size());
            values = read;
        }
        return read;
    }

    public int size() {
        return Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
    }

    public int rank() {
        return shape.length;
    }

    public int[] integers() {
        int[] integers = new int[size()];
        for (int i = 0; i < integers.length; i++) {
            integers[i] = Math.round(values()[i]);
        }
        return integers;
    }

    private static float[] values(TensorProto tensor, int size) {
        float[] values = new float[size];
        ByteString content = tensor.getTensorContent();
        if (!content.isEmpty()) {
            ByteBuffer bytes = content.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < size; i++) {
                values[i] = next(bytes, tensor.getDtype());
            }
            return values;
        }
        List<? extends Number> numbers =
                switch (tensor.getDtype()) {
                    case DT_FLOAT -> tensor.getFloatValList();
                    case DT_DOUBLE -> tensor.getDoubleValList();
                    case DT_INT64 -> tensor.getInt64ValList();
                    default -> tensor.getIntValList();
                };
        // TensorFlow leaves out trailing repetitions of the last number
        for (int i = 0; i < size && !numbers.isEmpty(); i++) {
            values[i] = numbers.get(Math.min(i, numbers.size() - 1)).floatValue();
        }
        return values;
    }

    private static float next(ByteBuffer bytes, DataType type) {
        return switch (type) {
            case DT_FLOAT -> bytes.getFloat();
            case DT_DOUBLE -> (float) bytes.getDouble();
            case DT_INT32 -> bytes.getInt();
            case DT_INT64 -> bytes.getLong();
            case DT_UINT8 -> bytes.get() & 0xff;
            case DT_INT8, DT_BOOL -> bytes.get();
            default -> throw new IllegalArgumentException("a constant of type " + type + " can't be read as numbers");
        };
    }

    @Override
    public String toString() {
        return "Constant" + Arrays.toString(shape);
    }
}
