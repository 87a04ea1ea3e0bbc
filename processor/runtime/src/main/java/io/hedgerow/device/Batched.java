package io.hedgerow.device;

/**
 * A result with how it was computed.
 *
 * @param batchSize requests computed together, at least 1
 * @param queueNanos time from submission to the start of the batch, in nanoseconds
 * @param computeNanos time that the whole batch took, in nanoseconds
 * @param endNanos when the batch was done, by {@link System#nanoTime()}
 * @param <R> result
 */
public record Batched<R>(R value, int batchSize, long queueNanos, long computeNanos, long endNanos) {}
