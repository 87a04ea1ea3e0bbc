package io.hedgerow.demo.surface;

import java.util.SplittableRandom;

/**
 * A stream of random numbers that is the same on every platform and Java version: of {@link SplittableRandom} only
 * {@code nextLong} is used, whose algorithm is fixed, and nothing is computed that may differ in the last bit.
 */
final class Dice {
    private static final double UNIT = 0x1.0p-53;

    private final SplittableRandom random;

    /**
     * Starts a stream.
     *
     * @param seed seed of all that is drawn
     * @param index which of the things drawn
     * @param aspect which trait of it: traits with streams of their own don't shift each other's numbers
     */
    Dice(long seed, long index, int aspect) {
        random = new SplittableRandom(mix(mix(seed) + index) + aspect);
    }

    /** A bijection of 64 bits in which every bit of the input changes about half of the output (SplitMix64's). */
    static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** A number in [0, 1) made of the upper bits of {@code bits}. */
    static double unit(long bits) {
        return (bits >>> 11) * UNIT;
    }

    long bits() {
        return random.nextLong();
    }

    double uniform(double from, double to) {
        return from + (to - from) * unit(bits());
    }

    /** An integer in [0, bound). */
    int below(int bound) {
        return (int) (unit(bits()) * bound);
    }

    /** An integer in [from, to], both included. */
    int between(int from, int to) {
        return from + below(to - from + 1);
    }

    boolean chance(double probability) {
        return unit(bits()) < probability;
    }
}
