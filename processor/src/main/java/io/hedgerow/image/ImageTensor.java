package io.hedgerow.image;

import java.nio.ByteBuffer;

/**
 * One image as a model takes it.
 *
 * @param data the elements in native byte order, row-major, channels last, from position 0; not to be written to
 * @param spec shape and number format of {@code data}
 * @param toImage from the tensor's corner coordinates to pixels of the image with its EXIF orientation applied
 */
public record ImageTensor(ByteBuffer data, TensorSpec spec, MapTransform toImage) {
    public ImageTensor {
        if (data.limit() != spec.bytes()) {
            throw new IllegalArgumentException("%d bytes for a tensor of %s".formatted(data.limit(), spec));
        }
    }
}
