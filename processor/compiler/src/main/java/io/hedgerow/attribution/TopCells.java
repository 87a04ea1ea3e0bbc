package io.hedgerow.attribution;

/** The cells of one sign that count as salient, asked for row by row, once. */
final class TopCells {
    private final float factor;
    private final float threshold;
    private final double total;
    private int equalsLeft;

    /**
     * @param sign 1 or −1
     * @param threshold magnitude above which every cell counts, above 0
     * @param equals how many of the cells with just this magnitude count: the first
     * @param total relevance of all cells of the sign
     */
    TopCells(int sign, float threshold, int equals, double total) {
        this.factor = sign;
        this.threshold = threshold;
        this.equalsLeft = equals;
        this.total = total;
    }

    static TopCells none(int sign) {
        return new TopCells(sign, Float.POSITIVE_INFINITY, 0, 0);
    }

    /**
     * Those of a row.
     *
     * @param values of the map, row-major
     * @param first where the row begins
     * @param columns as many as the map has; takes theirs, in order
     * @return how many there are
     */
    int columns(float[] values, int first, int[] columns) {
        int candidates = 0;
        for (int column = 0; column < columns.length; column++) {
            // written in any case: in a noisy map nobody could guess which way a branch goes
            columns[candidates] = column;
            candidates += factor * values[first + column] >= threshold ? 1 : 0;
        }
        int count = 0;
        for (int i = 0; i < candidates; i++) {
            columns[count] = columns[i];
            boolean isEqual = Math.abs(values[first + columns[i]]) == threshold;
            count += !isEqual || equalsLeft-- > 0 ? 1 : 0;
        }
        return count;
    }

    double total() {
        return total;
    }
}
