package io.hedgerow.monitor.profile;

/**
 * Smooths grids with a 3 × 3 binomial, edges continued, so that maps which differ by a cell are alike. Not thread-safe: it
 * has a buffer of its own.
 */
public final class MapSmoothing {
    private static final int SIDE = Grid.SIDE;

    private final int[] across = new int[Grid.CELLS];

    /**
     * Square roots of the smoothed map's shares: a vector of length 1, whose product with another one is the maps'
     * Bhattacharyya coefficient.
     *
     * @param map not blind
     * @param roots takes 256 numbers, row-major
     */
    public void roots(Grid map, double[] roots) {
        for (int y = 0; y < SIDE; y++) {
            int row = y * SIDE;
            for (int x = 0; x < SIDE; x++) {
                across[row + x] = map.square(row + Math.max(x - 1, 0))
                        + 2 * map.square(row + x)
                        + map.square(row + Math.min(x + 1, SIDE - 1));
            }
        }
        long sum = 0;
        for (int y = 0; y < SIDE; y++) {
            int above = Math.max(y - 1, 0) * SIDE;
            int row = y * SIDE;
            int below = Math.min(y + 1, SIDE - 1) * SIDE;
            for (int x = 0; x < SIDE; x++) {
                int smooth = across[above + x] + 2 * across[row + x] + across[below + x];
                roots[row + x] = smooth;
                sum += smooth;
            }
        }
        for (int cell = 0; cell < Grid.CELLS; cell++) {
            roots[cell] = Math.sqrt(roots[cell] / sum);
        }
    }

    /** Product of two vectors of 256 numbers. */
    public static double product(double[] a, double[] b) {
        double product = 0;
        for (int cell = 0; cell < Grid.CELLS; cell++) {
            product += a[cell] * b[cell];
        }
        return product;
    }
}
