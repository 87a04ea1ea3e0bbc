package io.hedgerow.image.webp;

/** A number for each square part of a lossless WebP's pixels. */
final class Vp8lTiles {
    private final int side;
    private final int across;
    private final int[] values;

    /**
     * Takes the array, without a copy.
     *
     * @param side of a part, as a power of two
     * @param columns of the picture, in pixels
     */
    Vp8lTiles(int side, int columns, int[] values) {
        this.side = side;
        this.across = count(columns, side);
        this.values = values;
    }

    /** How many parts there are of so many pixels, the last of which may be cut. */
    static int count(int pixels, int side) {
        return (pixels + (1 << side) - 1) >> side;
    }

    /** The number of the part in which a pixel lies. */
    int at(int x, int y) {
        return values[(y >> side) * across + (x >> side)];
    }

    /** Row by row; not a copy. */
    int[] values() {
        return values;
    }
}
