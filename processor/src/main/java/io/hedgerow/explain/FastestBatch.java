package io.hedgerow.explain;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * How many images a device should explain at once: not always as many as it can, presumably because what a large batch
 * keeps between operations leaves a processor's caches. Sizes are tried from small to large, so that a slow device is not kept waiting by a
 * size that won't do.
 *
 * @param size images
 * @param imagesPerSecond what was measured with them
 * @param outOfMemory what the device said to a larger size; null if none that was tried was too much
 */
record FastestBatch(int size, double imagesPerSecond, @Nullable DeviceMemoryException outOfMemory) {
    /** Explains so many images. */
    @FunctionalInterface
    interface Trial {
        void run(int images) throws IOException;
    }

    private static final int RUNS = 5;
    /** What takes longer is timed once: starting should not take much longer for being timed. */
    private static final double LONG_SECONDS = 1;
    /** What takes less is too short to give up larger sizes for. */
    private static final double SHORT_SECONDS = 0.1;
    /** Below this share of the best rate nothing is expected of still larger batches. */
    private static final double FALLING = 0.95;
    /** Of sizes about as fast the largest: it leaves most time between batches to everything else. */
    private static final double AS_FAST = 0.97;

    /**
     * Tries 1, 2, 4 and so on, and {@code most}.
     *
     * @throws DeviceMemoryException if a single image is too much
     */
    static FastestBatch upTo(int most, Trial trial) throws IOException {
        FastestBatch fastest = new FastestBatch(1, 0, null);
        double best = 0;
        for (int size = 1; ; size = Math.min(2 * size, most)) {
            double rate;
            try {
                rate = rate(size, trial);
            } catch (DeviceMemoryException e) {
                if (size == 1) {
                    throw e;
                }
                return new FastestBatch(fastest.size, fastest.imagesPerSecond, e);
            }
            best = Math.max(best, rate);
            if (rate >= AS_FAST * best) {
                fastest = new FastestBatch(size, rate, null);
            }
            if (size == most || (rate < FALLING * best && size / rate > SHORT_SECONDS)) {
                return fastest;
            }
        }
    }

    /** The best of several runs; the first of a size plans and allocates. */
    private static double rate(int size, Trial trial) throws IOException {
        trial.run(size);
        double sum = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < RUNS && sum < LONG_SECONDS; i++) {
            long start = System.nanoTime();
            trial.run(size);
            double seconds = (System.nanoTime() - start) / 1e9;
            sum += seconds;
            least = Math.min(least, seconds);
        }
        return size / least;
    }
}
