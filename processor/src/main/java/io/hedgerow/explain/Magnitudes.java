package io.hedgerow.explain;

import io.hedgerow.image.SignedMap;
import java.util.Arrays;

/**
 * A map's relevance summed by magnitude, both signs in one pass. The upper bits of a float order magnitudes without
 * comparing them: 4,096 buckets a sign, sixteen for each power of two.
 */
final class Magnitudes {
    private static final double PART = 0.5;
    private static final int BUCKETS = 1 << 12;

    private final SignedMap map;
    private final double[] sums = new double[2 * BUCKETS];

    Magnitudes(SignedMap map) {
        this.map = map;
        for (int cell = 0; cell < map.size(); cell++) {
            float value = map.get(cell);
            sums[bucket(value)] += Math.abs(value);
        }
    }

    /**
     * The fewest cells of a sign that hold half of its relevance.
     *
     * @param sign 1 or −1
     */
    Salient most(int sign) {
        int zero = sign > 0 ? 0 : BUCKETS;
        double total = 0;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            total += sums[zero + bucket];
        }
        if (!(total > 0)) {
            return Salient.none(sign);
        }
        int bucket = BUCKETS - 1;
        double held = 0;
        while (bucket > 0 && held + sums[zero + bucket] < PART * total) {
            held += sums[zero + bucket--];
        }
        return within(zero + bucket, sign, held, total);
    }

    /** Of the last bucket that is needed, and of no other, the order matters. */
    private Salient within(int last, int sign, double heldAbove, double total) {
        float[] members = new float[map.size()];
        int size = 0;
        for (int cell = 0; cell < map.size(); cell++) {
            if (bucket(map.get(cell)) == last) {
                members[size++] = Math.abs(map.get(cell));
            }
        }
        Arrays.sort(members, 0, size);
        int least = size;
        double held = heldAbove;
        do {
            held += members[--least];
        } while (held < PART * total && least > 0);
        float threshold = members[least];
        int above = least;
        while (above < size && members[above] == threshold) {
            above++;
        }
        return new Salient(sign, threshold, above - least, total);
    }

    private static int bucket(float value) {
        return Float.floatToRawIntBits(value) >>> 19;
    }
}
