package io.hedgerow.compiler.runtime;

import io.hedgerow.attribution.MapTransform;
import io.hedgerow.attribution.Turn;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

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
}
