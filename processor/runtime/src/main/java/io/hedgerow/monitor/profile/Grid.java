package io.hedgerow.monitor.profile;

/**
 * A map's positive relevance on 16 × 16 cells, as shares of its sum. Each cell is kept in 8 bits as the square root of
 * its share of the largest cell, so that small shares are kept too: 256 bytes. All that is computed from a map is
 * computed from these, so that a map looks the same wherever it was kept. Immutable.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class Grid {
    /** Rows, and columns. */
    public static final int SIDE = 16;

    /** Cells. */
    public static final int CELLS = SIDE * SIDE;

    private final byte[] roots;

    private Grid(byte[] roots) {
        this.roots = roots;
    }

    /**
     * A grid as {@link #bytes} gave it.
     *
     * @param roots 256 bytes, row-major, unsigned
     * @throws IllegalArgumentException if there aren't 256
     */
    public static Grid of(byte[] roots) {
        if (roots.length != CELLS) {
            throw new IllegalArgumentException("a grid has " + CELLS + " cells, not " + roots.length);
        }
        return new Grid(roots.clone());
    }

    /** The grid in 256 bytes, row-major, unsigned. */
    public byte[] bytes() {
        return roots.clone();
    }

    /** Whether there is no positive relevance at all. */
    public boolean blind() {
        throw new UnsupportedOperationException();
    }
}
