package io.hedgerow.monitor.profile;

import java.util.Arrays;

/**
 * A map's positive relevance on 16 × 16 cells, as shares of its sum. Each cell is kept in 8 bits as the square root of
 * its share of the largest cell, so that small shares are kept too: 256 bytes. All that is computed from a map is
 * computed from these, so that a map looks the same wherever it was kept. Immutable.
 */
public final class Grid {
    /** Rows, and columns. */
    public static final int SIDE = 16;

    /** Cells. */
    public static final int CELLS = SIDE * SIDE;

    private static final int LARGEST = 255;

    private final byte[] roots;
    private final int squareSum;

    private Grid(byte[] roots) {
        this.roots = roots;
        int sum = 0;
        for (byte cell : roots) {
            int root = Byte.toUnsignedInt(cell);
            sum += root * root;
        }
        squareSum = sum;
    }

    /**
     * A grid as {@link #bytes} gave it.
     *
     * @param roots 256 bytes, row-major, unsigned
     * @throws IllegalArgumentException if there aren't 256
     */
    public static Grid of(byte[] roots) {
        return new Grid(checked(roots).clone());
    }

    /**
     * A grid of relevances, of which negative ones count as 0.
     *
     * @param relevance 256 finite numbers, row-major
     */
    public static Grid of(double[] relevance) {
        double largest = 0;
        for (double cell : relevance) {
            largest = cell > largest ? cell : largest;
        }
        byte[] roots = new byte[CELLS];
        for (int cell = 0; largest > 0 && cell < CELLS; cell++) {
            roots[cell] = relevance[cell] > 0 ? (byte) Math.rint(LARGEST * Math.sqrt(relevance[cell] / largest)) : 0;
        }
        return new Grid(roots);
    }

    /** The grid in 256 bytes, row-major, unsigned. */
    public byte[] bytes() {
        return roots.clone();
    }

    /** Whether there is no positive relevance at all. */
    public boolean blind() {
        return squareSum == 0;
    }

    /** Square of a cell's root, 0 to 65,025: its share times {@link #squareSum}. */
    public int square(int cell) {
        int root = Byte.toUnsignedInt(roots[cell]);
        return root * root;
    }

    /** Sum of all squares; 0 of a blind grid. */
    public int squareSum() {
        return squareSum;
    }

    /** Root of a cell, 0 to 255. */
    int root(int cell) {
        return Byte.toUnsignedInt(roots[cell]);
    }

    /** Adds the cells' shares, each 0 to 1 and 1 in all, to an array of 256; nothing of a blind grid. */
    public void addTo(double[] shares) {
        int sum = squareSum();
        for (int cell = 0; sum > 0 && cell < CELLS; cell++) {
            shares[cell] += (double) square(cell) / sum;
        }
    }

    private static byte[] checked(byte[] roots) {
        if (roots.length != CELLS) {
            throw new IllegalArgumentException("a grid has " + CELLS + " cells, not " + roots.length);
        }
        return roots;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Grid grid && Arrays.equals(roots, grid.roots);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(roots);
    }
}
