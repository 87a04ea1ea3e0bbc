package io.hedgerow.compiler.runtime;

import java.util.Locale;

/**
 * The tensor that a model takes for one image: height × width × channels, or channels × height × width; no batch dimension.
 *
 * @param height rows, at least 1
 * @param width columns, at least 1
 * @param channels channels, at least 1
 * @param type type of the elements
 * @param axis where its channels are
 */
public record TensorSpec(int height, int width, int channels, ElementType type, ChannelAxis axis) {
    public TensorSpec {
        if (height < 1 || width < 1 || channels < 1) {
            throw new IllegalArgumentException(
                    "a tensor of %d x %d x %d; every dimension begins at 1".formatted(height, width, channels));
        }
        long bytes = Math.multiplyFull(height, width) * channels * type.bytes();
        if (bytes > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("a tensor of %d x %d x %d takes %d bytes; at most 2 GiB fit"
                    .formatted(height, width, channels, bytes));
        }
    }

    /** Channels last. */
    public TensorSpec(int height, int width, int channels, ElementType type) {
        this(height, width, channels, type, ChannelAxis.LAST);
    }

    /** The three sizes in the tensor's order. */
    public int[] shape() {
        return axis == ChannelAxis.LAST ? new int[] {height, width, channels} : new int[] {channels, height, width};
    }

    /** Number of elements. */
    public int elements() {
        return height * width * channels;
    }

    /** Size in bytes. */
    public int bytes() {
        return elements() * type.bytes();
    }

    @Override
    public String toString() {
        int[] shape = shape();
        return "%s[%d x %d x %d]".formatted(type.name().toLowerCase(Locale.ROOT), shape[0], shape[1], shape[2]);
    }
}
