package io.hedgerow.preprocess;

import io.hedgerow.attribution.MapTransform;
import io.hedgerow.compiler.runtime.ChannelAxis;
import io.hedgerow.compiler.runtime.ElementType;
import io.hedgerow.compiler.runtime.ImageTensor;
import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.image.pixels.BadImageException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;

/** Raw inputs of models: tensors that need no preprocessing. */
public final class RawInput {
    private RawInput() {}

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
    public static ImageTensor of(ByteBuffer littleEndian, ElementType type, int[] shape, TensorSpec spec)
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
