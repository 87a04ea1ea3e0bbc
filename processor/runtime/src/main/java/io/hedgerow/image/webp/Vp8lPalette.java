package io.hedgerow.image.webp;

/** Transform in which greens are indices of a palette, several to a pixel where they fit. */
final class Vp8lPalette implements Vp8lTransform {
    private final int width;
    private final int[] colours;
    /** Pixels in one, as a power of two. */
    private final int packed;

    /** @param differences of each colour of the palette from the one before it */
    Vp8lPalette(int width, int[] differences) {
        this.width = width;
        int size = differences.length;
        packed = size > 16 ? 0 : size > 4 ? 1 : size > 2 ? 2 : 3;
        colours = new int[1 << (8 >> packed)];
        for (int i = 0, colour = 0; i < size; i++) {
            colour = Vp8lPrediction.add(colour, differences[i]);
            colours[i] = colour;
        }
    }

    @Override
    public int columns() {
        return (width + (1 << packed) - 1) >> packed;
    }

    @Override
    public int[] invert(int[] argb, int rows) {
        int bits = 8 >> packed;
        int[] pixels = packed == 0 ? argb : new int[Math.multiplyExact(width, rows)];
        int stored = columns();
        for (int y = 0, i = 0; y < rows; y++) {
            for (int x = 0; x < width; x++, i++) {
                int indices = argb[y * stored + (x >> packed)] >> 8 & 0xff;
                int place = x & ((1 << packed) - 1);
                pixels[i] = colours[indices >> (place * bits) & (colours.length - 1)];
            }
        }
        return pixels;
    }
}
