package io.hedgerow.dashboard.events;

import io.hedgerow.Explanation;
import io.hedgerow.dashboard.events.RecordFetcher.Range;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/**
 * Finds where in their topic the explanations of a span of event time lie, by halving: partitions are about in order of their
 * events, whenever those were sent. Belongs to one fetch.
 */
final class SpanSearch {
    // RATIONALE: Why are events of a past time found by halving the topic?
    private static final long CLOCKS_DIFFER_MILLIS = 2_000;

    private final EventStore store;
    private final RecordFetcher fetcher;
    private final long deadline;

    /** Takes the time after which it finds what it can, by {@link System#nanoTime()}. */
    SpanSearch(EventStore store, RecordFetcher fetcher, long deadline) {
        this.store = store;
        this.fetcher = fetcher;
        this.deadline = deadline;
    }

    /** Ranges that hold events from {@code from} on and before {@code to}, in milliseconds; none that is empty. */
    List<Range> ranges(long from, long to) {
        List<Range> ranges = new ArrayList<>();
        for (TopicPartition partition : fetcher.partitions(store.topic())) {
            long end = fetcher.end(partition);
            // No event is sent before it happens.
            long begin = fetcher.at(partition, from - CLOCKS_DIFFER_MILLIS).orElse(end);
            long first = first(partition, begin, end, from);
            Range range = new Range(partition, first, first(partition, first, end, to));
            if (range.size() > 0) {
                ranges.add(range);
            }
        }
        return ranges;
    }

    /** Offset of the first event of that time or later. */
    private long first(TopicPartition partition, long begin, long end, long millis) {
        long low = begin;
        long high = end;
        while (low < high && System.nanoTime() < deadline) {
            long middle = (low + high) >>> 1;
            long[] next = {high};
            boolean[] before = {false};
            // What can't be read, and markers of transactions, are passed over.
            fetcher.read(new Range(partition, middle, high), deadline, record -> {
                Explanation explanation = store.read(record);
                if (explanation == null) {
                    return true;
                }
                before[0] = explanation.getTime().toEpochMilli() < millis;
                next[0] = record.offset() + 1;
                return false;
            });
            if (before[0]) {
                low = next[0];
            } else {
                high = middle;
            }
        }
        return low;
    }
}
