package io.hedgerow.npy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A dense array in C order. Its data must not change while another thread reads it. */
public final class NpyArray {
    private final NpyType type;
    private final int[] shape;
    private final ByteBuffer data;

    /**
     * Wraps the data, without a copy.
     *
     * @param type the elements' type
     * @param shape the dimensions, outermost first; empty for a scalar
     * @param data the elements, little-endian, from the buffer's position to its limit
     * @throws IllegalArgumentException if the data's length does not fit the shape
     */
    public NpyArray(NpyType type, int[] shape, ByteBuffer data) {
        long bytes = elements(shape) * type.bytes();
        if (data.remaining() != bytes) {
            throw new IllegalArgumentException("shape %s of %s takes %d bytes, got %d"
                    .formatted(Arrays.toString(shape), type.descr(), bytes, data.remaining()));
        }
        this.type = type;
        this.shape = shape.clone();
        this.data = data.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** An array of 32-bit floats. */
    public static NpyArray of(float[] values, int... shape) {
        ByteBuffer data = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        data.asFloatBuffer().put(values);
        return new NpyArray(NpyType.FLOAT32, shape, data);
    }

    /** An array of 32-bit integers. */
    public static NpyArray of(int[] values, int... shape) {
        ByteBuffer data = ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        data.asIntBuffer().put(values);
        return new NpyArray(NpyType.INT32, shape, data);
    }

    /** The elements' type. */
    public NpyType type() {
        return type;
    }

    /** The dimensions, outermost first; empty for a scalar. */
    public int[] shape() {
        return shape.clone();
    }

    /** A view of the elements, little-endian, from position 0 to the limit. */
    public ByteBuffer data() {
        return data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The number of elements. */
    public int size() {
        return data.limit() / type.bytes();
    }

    /** All elements as floats, whatever their type. */
    public float[] toFloats() {
        float[] values = new float[size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = type == NpyType.FLOAT32 ? data.getFloat(i * Float.BYTES) : (float) integer(i);
        }
        return values;
    }

    /**
     * All elements as integers.
     *
     * @throws ArithmeticException if the elements are floats, or one needs more than 32 bits
     */
    public int[] toInts() {
        int[] values = new int[size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.toIntExact(integer(i));
        }
        return values;
    }

    private long integer(int i) {
        return switch (type) {
            case UINT8 -> Byte.toUnsignedLong(data.get(i));
            case INT32 -> data.getInt(i * Integer.BYTES);
            case INT64 -> data.getLong(i * Long.BYTES);
            case FLOAT32 -> throw new ArithmeticException("an array of floats is not read as integers");
        };
    }

    static long elements(int[] shape) {
        long elements = 1;
        for (int dimension : shape) {
            if (dimension < 0) {
                throw new IllegalArgumentException(
                        "shape %s has a negative dimension".formatted(Arrays.toString(shape)));
            }
            elements = Math.multiplyExact(elements, dimension);
        }
        return elements;
    }
}
