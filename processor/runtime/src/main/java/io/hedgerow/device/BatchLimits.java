package io.hedgerow.device;

import java.time.Duration;

/**
 * What bounds a {@link Batcher}.
 *
 * @param size most requests in a batch, at least 1
 * @param linger how long a batch that is not full waits for more requests; zero takes what is there
 * @param queue most requests waiting, at least {@code size}
 * @param queueBytes most bytes of requests waiting, at least 1; a request larger than that waits alone
 * @param timeLimit how long a batch may take before the device counts as hung, from its start; positive
 */
public record BatchLimits(int size, Duration linger, int queue, long queueBytes, Duration timeLimit) {
    public BatchLimits {
        if (size < 1 || queue < size || queueBytes < 1) {
            throw new IllegalArgumentException(
                    "batch size %d and queue bytes %d must be at least 1, queue %d at least the batch size"
                            .formatted(size, queueBytes, queue));
        }
        if (linger.isNegative() || timeLimit.isNegative() || timeLimit.isZero()) {
            throw new IllegalArgumentException(
                    "linger %s must not be negative, time limit %s must be positive".formatted(linger, timeLimit));
        }
    }

    /** The same with batches of at most {@code other} requests. */
    public BatchLimits withSize(int other) {
        return new BatchLimits(other, linger, queue, queueBytes, timeLimit);
    }

    /**
     * The same with batches that fit into memory.
     *
     * @param bytesPerImage what each request of a batch takes; below 1 if unknown, and nothing changes
     * @param memory for one batch
     */
    public BatchLimits fitting(long bytesPerImage, long memory) {
        long fit = bytesPerImage < 1 ? size : Math.max(1, Math.min(size, memory / bytesPerImage));
        return new BatchLimits((int) fit, linger, queue, queueBytes, timeLimit);
    }
}
