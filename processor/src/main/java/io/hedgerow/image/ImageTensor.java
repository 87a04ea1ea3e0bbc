package io.hedgerow.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;

/**
 * One image as a model takes it. Safe to share while nobody writes to the buffer.
 *
 * @param data the elements in row-major order, height × width × channels or channels × height × width as the spec says, in
 *     native byte order, from position 0 to the limit
 * @param spec shape and type
 * @param toImage from tensor coordinates to pixels of the image as the classifier saw it
 * @param turn how that is turned before people look at it
 */
public record ImageTensor(ByteBuffer data, TensorSpec spec, MapTransform toImage, Turn turn) {
    public ImageTensor {
        if (data.order() != ByteOrder.nativeOrder() || data.position() != 0 || data.limit() != spec.bytes()) {
            throw new IllegalArgumentException("%s takes %d bytes in native order from position 0; got %s in %s"
                    .formatted(spec, spec.bytes(), data, data.order()));
        }
    }

    /** The tensor of an image that the classifier saw as people do. */
    public ImageTensor(ByteBuffer data, TensorSpec spec, MapTransform toImage) {
        this(data, spec, toImage, Turn.NONE);
    }

    /**
     * Takes a tensor as it is, without preprocessing.
     *
     * @param littleEndian the elements, row-major; read from position to limit, left unchanged
     * @param type type of the elements
     * @param shape height, width, channels, or channels, height, width where the model takes them so
     * @param spec what the model takes
     * @throws BadImageException if type, shape or length are not as the model takes them, or an element is no finite
     *     number
     */
    public static ImageTensor raw(ByteBuffer littleEndian, ElementType type, int[] shape, TensorSpec spec)
            throws BadImageException {
        if (type != spec.type() || !Arrays.equals(shape, spec.shape())) {
            throw new BadImageException("the tensor is %s%s, but the model takes %s"
                    .formatted(type.name().toLowerCase(Locale.ROOT), shape(shape), spec));
        }
        if (littleEndian.remaining() != spec.bytes()) {
            throw new BadImageException("the tensor holds %d bytes, but %s takes %d"
                    .formatted(littleEndian.remaining(), spec, spec.bytes()));
        }
        ByteBuffer data = ByteBuffer.allocate(spec.bytes()).order(ByteOrder.nativeOrder());
        switch (type) {
            case UINT8 -> data.put(littleEndian.duplicate());
            case FLOAT32 -> copyFinite(littleEndian.duplicate().order(ByteOrder.LITTLE_ENDIAN), data, spec);
        }
        return new ImageTensor(data.flip(), spec, MapTransform.IDENTITY);
    }

    private static void copyFinite(ByteBuffer from, ByteBuffer to, TensorSpec spec) throws BadImageException {
        for (int i = 0; from.hasRemaining(); i++) {
            float value = from.getFloat();
            if (!Float.isFinite(value)) {
                boolean isLast = spec.axis() == ChannelAxis.LAST;
                int pixel = isLast ? i / spec.channels() : i % (spec.height() * spec.width());
                int channel = isLast ? i % spec.channels() : i / (spec.height() * spec.width());
                throw new BadImageException(
                        "the tensor holds %s at row %d, column %d, channel %d; only finite numbers can be explained"
                                .formatted(value, pixel / spec.width(), pixel % spec.width(), channel));
            }
            to.putFloat(value);
        }
    }

    private static String shape(int[] shape) {
        String text = Arrays.toString(shape.length > 8 ? Arrays.copyOf(shape, 8) : shape);
        return text.replace(", ", " x ").replace("]", shape.length > 8 ? " ...]" : "]");
    }
}
