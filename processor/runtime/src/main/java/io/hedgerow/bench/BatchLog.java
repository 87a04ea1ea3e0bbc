package io.hedgerow.bench;

import io.hedgerow.device.Batched;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;

/** A device's batches, in the order in which they were done. Thread-safe. */
final class BatchLog {
    /**
     * One batch.
     *
     * @param endNanos when it was done, by {@link System#nanoTime()}
     * @param computeNanos what it took
     * @param images how many of its images had a result
     */
    record Batch(long endNanos, long computeNanos, int images) {
        private Batch and(Batch more) {
            return new Batch(endNanos, computeNanos, images + more.images);
        }
    }

    private final ConcurrentSkipListMap<Long, Batch> batches = new ConcurrentSkipListMap<>();

    /** Adds one image's result. */
    void add(Batched<?> result) {
        Batch alone = new Batch(result.endNanos(), result.computeNanos(), 1);
        batches.merge(result.endNanos(), alone, Batch::and);
    }

    /** Forgets all. */
    void clear() {
        batches.clear();
    }

    List<Batch> batches() {
        return List.copyOf(batches.values());
    }
}
