package io.hedgerow.image.webp;

import java.util.Arrays;

/**
 * Luma or a colour of a VP8 frame, in whole macroblocks, with the border that predictions at the frame's edges see: 127
 * above, 129 to the left.
 */
final class Vp8Plane {
    private static final int ABOVE = 127;
    private static final int TO_THE_LEFT = 129;
    /** What a block of 4 × 4 sees of its right neighbour. */
    private static final int RIGHT = 4;

    private final byte[] samples;
    final int stride;

    Vp8Plane(int width, int height) {
        stride = 1 + width + RIGHT;
        samples = new byte[Math.multiplyExact(stride, height + 1)];
        Arrays.fill(samples, 0, stride, (byte) ABOVE);
        for (int row = stride; row < samples.length; row += stride) {
            samples[row] = (byte) TO_THE_LEFT;
        }
    }

    /** Index of a sample. */
    int at(int x, int y) {
        return (y + 1) * stride + 1 + x;
    }

    int get(int index) {
        return samples[index] & 0xff;
    }

    void set(int index, int value) {
        samples[index] = (byte) Math.max(0, Math.min(255, value));
    }

    void add(int index, int difference) {
        set(index, get(index) + difference);
    }
}
