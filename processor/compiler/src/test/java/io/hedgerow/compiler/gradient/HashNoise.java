package io.hedgerow.compiler.gradient;

/** SmoothGrad's noise as the guide describes it, with nothing of the compiler's. */
final class HashNoise {
    private static final long WORD = 0xffffffffL;

    private HashNoise() {}

    /** Of an image's sample with a number: as many numbers as the image has. */
    static double[] of(double[] image, int sample) {
        long digest = 0;
        for (int place = 0; place < image.length; place++) {
            digest += hash((Float.floatToRawIntBits((float) image[place]) & WORD) ^ hash(place));
        }
        long key = hash((hash(digest & WORD) + hash(sample + 1)) & WORD);
        double[] noise = new double[image.length];
        for (int place = 0; place < noise.length; place++) {
            long word = hash(key ^ hash(place));
            double first = ((word >> 16) + 0.5) / 65536;
            double second = ((word & 0xffff) + 0.5) / 65536;
            noise[place] = Math.sqrt(-2 * Math.log(first)) * Math.cos(2 * Math.PI * second);
        }
        return noise;
    }

    private static long hash(long word) {
        long x = word ^ word >> 16;
        x = x * 0x7feb352dL & WORD;
        x ^= x >> 15;
        x = x * 0x846ca68bL & WORD;
        return x ^ x >> 16;
    }
}
