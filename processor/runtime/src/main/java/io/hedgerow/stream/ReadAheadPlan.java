package io.hedgerow.stream;

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
public record ReadAheadPlan(
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
    public static ReadAheadPlan derive(int threads, int batchSize, double imagesPerSecond, long encodedBytes) {
        // Kafka Streams polls again when all is processed; that its thread's device then waits counts less after more
        // records.
        int polled = (int) Math.max(1, Math.min(MOST_POLLED, DRAIN_SECONDS * imagesPerSecond / threads));
        // A remainder would make a batch of its own.
        polled -= polled > batchSize ? polled % batchSize : 0;
        // A thread holds what it has polled, and its consumer the fetch that follows.
        long fetch = Math.max(SMALLEST_FETCH, Math.min(LARGEST_FETCH, encodedBytes / threads / 2));
        return new ReadAheadPlan(threads, polled, polled, (int) fetch, (int) fetch);
    }

    /**
     * The same for a certain input: fewer records where these would not fit into memory, as Kafka Streams counts what it
     * buffers in records, not in bytes; more where some threads have nothing to do.
     *
     * @param encodedBytes memory for encoded images that are read ahead, in bytes
     * @param partitions of the input
     * @param recordBytes what an input record usually takes, at least 1
     */
    public ReadAheadPlan within(long encodedBytes, int partitions, long recordBytes) {
        // Threads that have no partition leave the devices to the others.
        int most = (int) Math.min(MOST_POLLED, (long) maxPollRecords * threads / Math.min(threads, partitions));
        // Half of a thread's memory is for fetches.
        long records = Math.max(1, encodedBytes / threads / 2 / recordBytes);
        // All of the input may be this instance's. A thread reads on while a partition is short of records: what it
        // polls then
        // comes on top of what the others have.
        int mine = (partitions + threads - 1) / threads;
        int each = (int) Math.max(1, Math.min(most, records / (mine + 1)));
        int polled = (int) Math.max(1, Math.min(most, records - (long) each * mine));
        return new ReadAheadPlan(threads, polled, each, maxPartitionFetchBytes, fetchMaxBytes);
    }

    /** In words, for the log. */
    @Override
    public String toString() {
        return "%d threads, at most %d records a poll, %d buffered of a partition, %d KB a fetch"
                .formatted(threads, maxPollRecords, bufferedRecordsPerPartition, fetchMaxBytes >> 10);
    }
}
