package io.hedgerow.device;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many images a device should explain at once: not always as many as it can, presumably because what a large batch
 * keeps between operations leaves a processor's caches. Sizes are tried from small to large, so that a slow device is not
 * kept waiting by a size that won't do.
 *
 * @param size images
 * @param imagesPerSecond what was measured with them
 * @param outOfMemory what the device said to a larger size; null if none that was tried was too much
 */
public record BatchSizeTuner(int size, double imagesPerSecond, @Nullable DeviceMemoryException outOfMemory) {
    // RATIONALE: Why may a batch be smaller than what fits?
    /** Explains so many images. */
    @FunctionalInterface
    public interface Trial {
        /** Runs once, and gives the seconds that it took. */
        double run(int images) throws IOException;
    }

    /** A machine's speed changes while sizes are tried one after the other: then they take turns. */
    private static final int TURNS = 3;
    /** What has taken longer is not timed again: starting should not take much longer for being timed. */
    private static final double LONG_SECONDS = 1.5;
    /** What takes less is too short to give up larger sizes for. */
    private static final double SHORT_SECONDS = 0.1;
    /** Below this share of the best rate nothing is expected of still larger batches. */
    private static final double FALLING = 0.9;
    /** Of sizes about as fast the largest: it leaves most time between batches to everything else. */
    private static final double AS_FAST = 0.97;

    /**
     * Tries 1, 2, 4 and so on, and {@code most}.
     *
     * @throws DeviceMemoryException if a single image is too much
     */
    public static BatchSizeTuner upTo(int most, Trial trial) throws IOException {
        List<Timing> sizes = new ArrayList<>();
        DeviceMemoryException outOfMemory = null;
        double best = 0;
        for (int size = 1; ; size = Math.min(2 * size, most)) {
            Timing timing = new Timing(size);
            try {
                // plans and allocates
                var unused = trial.run(size);
                timing.run(trial);
                timing.run(trial);
            } catch (DeviceMemoryException e) {
                if (size == 1) {
                    throw e;
                }
                outOfMemory = e;
                break;
            }
            sizes.add(timing);
            best = Math.max(best, timing.rate());
            if (size == most || (timing.rate() < FALLING * best && timing.median() > SHORT_SECONDS)) {
                break;
            }
        }
        for (int turn = 0; turn < TURNS; turn++) {
            for (Timing timing : sizes) {
                timing.run(trial);
            }
        }
        double fastest = sizes.stream().mapToDouble(Timing::rate).max().orElseThrow();
        Timing largest = sizes.stream()
                .filter(timing -> timing.rate() >= AS_FAST * fastest)
                .reduce((smaller, larger) -> larger)
                .orElseThrow();
        return new BatchSizeTuner(largest.size, largest.rate(), outOfMemory);
    }

    /**
     * The median of a size's runs: the best of them would favour small sizes, for short runs fall more often into moments in
     * which a machine is faster than it is otherwise.
     */
    private static final class Timing {
        private final int size;
        private final List<Double> runs = new ArrayList<>();

        Timing(int size) {
            this.size = size;
        }

        /** Once more, unless it has taken long. */
        void run(Trial trial) throws IOException {
            if (runs.stream().mapToDouble(seconds -> seconds).sum() < LONG_SECONDS) {
                runs.add(trial.run(size));
            }
        }

        double median() {
            return Median.of(runs.stream().mapToDouble(seconds -> seconds).toArray());
        }

        double rate() {
            return size / median();
        }
    }
}
