package io.hedgerow.planted;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * An image or a feature map on its way through the graph.
 *
 * @param channelsFirst whether it is N x C x H x W, not N x H x W x C
 */
record Signal(Operand<TFloat32> value, boolean channelsFirst, int height, int width, int channels) {
    int rows() {
        return channelsFirst ? 2 : 1;
    }

    int columns() {
        return channelsFirst ? 3 : 2;
    }

    int depth() {
        return channelsFirst ? 1 : 3;
    }

    /** What becomes of it where its size stays. */
    Signal to(Operand<TFloat32> value) {
        return new Signal(value, channelsFirst, height, width, channels);
    }

    Signal to(Operand<TFloat32> value, int height, int width) {
        return new Signal(value, channelsFirst, height, width, channels);
    }

    /** Numbers along rows, columns and channels in the order of its axes, with another for the images. */
    int[] ordered(int images, int rows, int columns, int channels) {
        return channelsFirst
                ? new int[] {images, channels, rows, columns}
                : new int[] {images, rows, columns, channels};
    }
}
