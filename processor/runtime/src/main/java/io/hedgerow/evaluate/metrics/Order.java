package io.hedgerow.evaluate.metrics;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Cells from the most to the least relevant; of equal ones a permutation that belongs to the picture decides. Immutable. */
public final class Order {
    private final int[] cells;
    private final int hash;

    private Order(int[] cells) {
        this.cells = cells;
        this.hash = Arrays.hashCode(cells);
    }

    /** The same permutation for the same count and seed. */
    public static int[] permutation(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] permutation = new int[count];
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i + 1);
            permutation[i] = permutation[j];
            permutation[j] = i;
        }
        return permutation;
    }

    /**
     * Sorts.
     *
     * @param values by cell, not NaN
     * @param permutation of as many; the cell that comes first in it wins
     */
    public static Order of(float[] values, int[] permutation) {
        long[] keys = new long[values.length];
        for (int place = 0; place < keys.length; place++) {
            // descending values, then ascending places; adding 0 makes -0 into 0
            int bits = Float.floatToIntBits(values[permutation[place]] + 0f);
            int ascending = bits ^ (bits >> 31 & Integer.MAX_VALUE);
            keys[place] = (long) ~ascending << 32 | place;
        }
        Arrays.sort(keys);
        int[] cells = new int[keys.length];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = permutation[(int) keys[i]];
        }
        return new Order(cells);
    }

    /** The cell at a place, from 0 for the most relevant. */
    public int cell(int place) {
        return cells[place];
    }

    public int size() {
        return cells.length;
    }

    @Override
    public boolean equals(Object other) {
        return other == this
                || (other instanceof Order order && hash == order.hash && Arrays.equals(cells, order.cells));
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
