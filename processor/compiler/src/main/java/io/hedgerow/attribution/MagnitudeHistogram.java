package io.hedgerow.attribution;

import java.util.Arrays;

/**
 * Relevance summed by magnitude, both signs in one pass. The upper bits of a float order magnitudes without comparing them:
 * 4,096 buckets a sign, sixteen for each power of two. Keeps its arrays for the next map; single-threaded.
 */
final class MagnitudeHistogram {
    private static final double PART = 0.5;
    private static final int BUCKETS = 1 << 12;

    private final double[] sums = new double[2 * BUCKETS];
    private float[] members = {};

    /** Sums up the first {@code size} of {@code values}. */
    void sum(float[] values, int size) {
        Arrays.fill(sums, 0);
        for (int cell = 0; cell < size; cell++) {
            sums[bucket(values[cell])] += Math.abs(values[cell]);
        }
    }

    /**
     * The fewest cells of a sign that hold half of its relevance, of those that were summed up.
     *
     * @param sign 1 or −1
     */
    TopCells most(float[] values, int size, int sign) {
        int zero = sign > 0 ? 0 : BUCKETS;
        double total = 0;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            total += sums[zero + bucket];
        }
        if (!(total > 0)) {
            return TopCells.none(sign);
        }
        int bucket = BUCKETS - 1;
        double held = 0;
        while (bucket > 0 && held + sums[zero + bucket] < PART * total) {
            held += sums[zero + bucket--];
        }
        int count = collect(values, size, zero + bucket);
        return within(count, sign, held, total);
    }

    private int collect(float[] values, int size, int bucket) {
        if (members.length < size) {
            members = new float[size];
        }
        int count = 0;
        for (int cell = 0; cell < size; cell++) {
            if (bucket(values[cell]) == bucket) {
                members[count++] = Math.abs(values[cell]);
            }
        }
        return count;
    }

    /** Of the last bucket that is needed, and of no other, the order matters. */
    private TopCells within(int count, int sign, double heldAbove, double total) {
        Arrays.sort(members, 0, count);
        int least = count;
        double held = heldAbove;
        do {
            held += members[--least];
        } while (held < PART * total && least > 0);
        float threshold = members[least];
        int above = least;
        while (above < count && members[above] == threshold) {
            above++;
        }
        return new TopCells(sign, threshold, above - least, total);
    }

    private static int bucket(float value) {
        return Float.floatToRawIntBits(value) >>> 19;
    }
}
