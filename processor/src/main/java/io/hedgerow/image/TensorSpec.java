package io.hedgerow.image;

/**
 * Shape and number format of one image as a model takes it: height × width × channels, channels last.
 *
 * @param height rows, at least 1
 * @param width columns, at least 1
 * @param channels at least 1
 */
public record TensorSpec(int height, int width, int channels, ElementType type) {
    public TensorSpec {
        if (height < 1 || width < 1 || channels < 1) {
            throw new IllegalArgumentException(
                    "tensor shape %d x %d x %d must be positive".formatted(height, width, channels));
        }
    }

    /** Number of elements. */
    public int elements() {
        return Math.multiplyExact(Math.multiplyExact(height, width), channels);
    }

    /** Size of the data in bytes. */
    public int bytes() {
        return Math.multiplyExact(elements(), type.bytes());
    }
}
