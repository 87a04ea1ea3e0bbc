package io.hedgerow.demo.surface;

import java.util.BitSet;

/** A square picture that layers are painted on: 8 bits a channel, red, green, blue, row by row. */
final class Canvas {
    private final int size;
    private final byte[] pixels;

    Canvas(int size) {
        this.size = size;
        this.pixels = new byte[size * size * 3];
    }

    /** A copy, to be painted on independently. */
    Canvas(Canvas other) {
        size = other.size;
        pixels = other.pixels.clone();
    }

    /** The live pixels, not a copy. */
    byte[] pixels() {
        return pixels;
    }

    /**
     * Paints a layer. Each of its pixels is changed by one level at least, so that the mask is exactly what differs
     * from the canvas as it was.
     *
     * @return the layer's pixels, at y × size + x
     */
    BitSet paint(Layer layer) {
        BitSet mask = new BitSet(size * size);
        double[] rgb = new double[3];
        for (int pixel = 0; pixel < size * size; pixel++) {
            for (int c = 0; c < 3; c++) {
                rgb[c] = pixels[3 * pixel + c] & 0xFF;
            }
            if (layer.paint(pixel % size, pixel / size, rgb)) {
                mask.set(pixel);
                put(3 * pixel, rgb);
            }
        }
        return mask;
    }

    /** The pixels, at y × size + x, in which two canvases of one size differ. */
    BitSet difference(Canvas other) {
        BitSet mask = new BitSet(size * size);
        for (int i = 0; i < pixels.length; i++) {
            if (pixels[i] != other.pixels[i]) {
                mask.set(i / 3);
            }
        }
        return mask;
    }

    private void put(int offset, double[] rgb) {
        boolean same = true;
        for (int c = 0; c < 3; c++) {
            byte level = (byte) Math.max(0, Math.min(255, (int) Math.floor(rgb[c] + 0.5)));
            same &= level == pixels[offset + c];
            pixels[offset + c] = level;
        }
        if (same) {
            pixels[offset + 1] ^= 1;
        }
    }
}
