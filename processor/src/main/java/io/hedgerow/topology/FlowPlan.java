package io.hedgerow.topology;

/**
 * How much is read ahead: enough to keep the devices' batches full, little enough that what a thread has polled is done
 * well within the transaction's time-out and fits into memory.
 *
 * @param threads stream threads
 * @param maxPollRecords most records a thread takes at once
 * @param bufferedRecordsPerPartition records of a partition at which its thread reads no more of it
 * @param maxPartitionFetchBytes most bytes that a fetch brings of one partition
 * @param fetchMaxBytes most bytes that a fetch brings in all
 */
public record FlowPlan(
        int threads,
        int maxPollRecords,
        int bufferedRecordsPerPartition,
        int maxPartitionFetchBytes,
        int fetchMaxBytes) {
    private static final double DRAIN_SECONDS = 2;
    private static final int MOST_POLLED = 500;
    private static final int SMALLEST_FETCH = 1 << 20;
    private static final int LARGEST_FETCH = 50 << 20;

    /**
     * Derives the plan.
     *
     * @param threads stream threads, at least 1
     * @param batchSize largest batch of a device
     * @param imagesPerSecond what all devices together explained a second when warmed up
     * @param encodedBytes memory for encoded images that are read ahead, in bytes
     */
    public static FlowPlan derive(int threads, int batchSize, double imagesPerSecond, long encodedBytes) {
        // A batch is filled by one thread if need be, and the next one is wanted before it is done.
        int wanted = 2 * batchSize;
        int drained = (int) Math.min(MOST_POLLED, DRAIN_SECONDS * imagesPerSecond / threads);
        int polled = Math.max(1, Math.min(Math.max(wanted, 64), drained));
        // A thread holds what it has polled, and its consumer the fetch that follows.
        long fetch = Math.max(SMALLEST_FETCH, Math.min(LARGEST_FETCH, encodedBytes / threads / 2));
        return new FlowPlan(threads, polled, polled, (int) fetch, (int) fetch);
    }
}
