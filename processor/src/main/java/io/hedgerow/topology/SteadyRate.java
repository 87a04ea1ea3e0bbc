package io.hedgerow.topology;

import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Explanations a second while all partitions give some: from the first of the partition that begins last to the last of the
 * one that ends first. Partitions begin when their task has its state, and one that began late goes on when others have
 * nothing left to fill a batch with; neither is throughput. Single-threaded.
 */
final class SteadyRate {
    private final int[] seen;
    private final int[] expected;
    private int count;
    private Mark first = Mark.NONE;
    private Mark begin = Mark.NONE;
    private Mark end = Mark.NONE;
    private Mark last = Mark.NONE;

    /** images: dealt out to the partitions in turn. */
    SteadyRate(int images, int partitions) {
        seen = new int[partitions];
        expected = new int[partitions];
        for (int image = 0; image < images; image++) {
            expected[image % partitions]++;
        }
    }

    /** Counts explanations that became visible at a time, in nanoseconds. */
    void saw(Iterable<? extends ConsumerRecord<?, ?>> explanations, long now) {
        for (ConsumerRecord<?, ?> explanation : explanations) {
            seen[explanation.partition()]++;
            count++;
        }
        if (count == last.count()) {
            return;
        }
        last = new Mark(count, now);
        if (first.isNone()) {
            first = last;
        }
        if (begin.isNone() && Arrays.stream(seen).allMatch(some -> some > 0)) {
            begin = last;
        }
        if (end.isNone() && isAnyComplete()) {
            end = last;
        }
    }

    /** How many explanations there were. */
    int count() {
        return count;
    }

    /** The rate; of all after the first ones, where the partitions were too short to flow at once. */
    double perSecond() {
        boolean isSteady = !begin.isNone() && end.count() > begin.count();
        return isSteady ? end.perSecondSince(begin) : last.perSecondSince(first);
    }

    private boolean isAnyComplete() {
        for (int partition = 0; partition < seen.length; partition++) {
            if (expected[partition] > 0 && seen[partition] >= expected[partition]) {
                return true;
            }
        }
        return false;
    }

    private record Mark(int count, long nanos) {
        private static final Mark NONE = new Mark(0, 0);

        boolean isNone() {
            return count == 0;
        }

        double perSecondSince(Mark earlier) {
            return (count - earlier.count) / ((nanos - earlier.nanos) / 1e9);
        }
    }
}
