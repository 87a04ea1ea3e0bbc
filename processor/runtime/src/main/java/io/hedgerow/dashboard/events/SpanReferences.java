package io.hedgerow.dashboard.events;

import io.hedgerow.ReferenceEntry;
import io.hedgerow.dashboard.events.RecordFetcher.Range;
import io.hedgerow.dashboard.security.Refusal;
import io.hedgerow.dashboard.view.ModelNames;
import io.hedgerow.monitor.MonitorSettings;
import io.hedgerow.monitor.stream.MonitorInputs;
import io.hedgerow.monitor.stream.MonitorSerdes;
import io.hedgerow.monitor.stream.SpanReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;

/** Learns references from a span of time, within what a page may read. Safe for use by several threads. */
public final class SpanReferences {
    private static final Duration PATIENCE = Duration.ofSeconds(45);
    private static final long MOST_RECORDS = 40_000;

    private final EventStore store;
    private final MonitorInputs inputs;
    private final MonitorSettings settings;
    private final MonitorSerdes serdes;

    /**
     * Takes where events are.
     *
     * @param serdes stays the caller's to close, after this
     */
    public SpanReferences(EventStore store, MonitorInputs inputs, MonitorSettings settings, MonitorSerdes serdes) {
        this.store = store;
        this.inputs = inputs;
        this.settings = settings;
        this.serdes = serdes;
    }

    /**
     * References of a model and of its classes.
     *
     * @param name of the model
     * @param key names the model and its method
     * @param from event time of the first event, in milliseconds
     * @param to event time that the last one is before
     * @return fails with a {@link Refusal} where there are too many records, or too few
     */
    public CompletableFuture<List<ReferenceEntry>> learn(String name, String key, long from, long to) {
        return store.search(fetcher -> {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            String span = "from %s to %s".formatted(Instant.ofEpochMilli(from), Instant.ofEpochMilli(to));
            SpanReference learned =
                    new SpanReference(inputs, settings, serdes, Instant.ofEpochMilli(from), Instant.ofEpochMilli(to));
            List<Range> ranges = new SpanSearch(store, fetcher, deadline).ranges(from, to);
            requireFew(ranges, span);
            LongSummaryStatistics times = read(fetcher, ranges, learned, deadline, store.topic());
            for (String topic : learned.topics()) {
                if (!topic.equals(store.topic()) && times.getCount() > 0) {
                    List<Range> others = at(fetcher, topic, times.getMin(), times.getMax() + 1);
                    requireFew(others, span);
                    read(fetcher, others, learned, deadline, topic);
                }
            }
            if (System.nanoTime() >= deadline) {
                throw new Refusal(
                        503,
                        "the events %s could not be read in time; try again, or choose a shorter time".formatted(span));
            }
            List<ReferenceEntry> entries = learned.entries(name).stream()
                    .filter(entry ->
                            ModelNames.key(entry.getModel(), entry.getMethod()).equals(key))
                    .toList();
            if (entries.isEmpty()) {
                throw new Refusal(
                        400,
                        "%s there are %d explanations, and a reference takes 100 of this model or more"
                                .formatted(span, learned.events()));
            }
            return entries;
        });
    }

    private static void requireFew(List<Range> ranges, String span) {
        long records = ranges.stream().mapToLong(Range::size).sum();
        if (records > MOST_RECORDS) {
            throw new Refusal(
                    400,
                    "%s there are about %d events, and the page reads %d at most: choose a shorter time, or run the command"
                            .formatted(span, records, MOST_RECORDS));
        }
    }

    /** Times of the records, by the clocks of those who sent the events. */
    private static LongSummaryStatistics read(
            RecordFetcher fetcher, List<Range> ranges, SpanReference learned, long deadline, String topic) {
        LongSummaryStatistics times = new LongSummaryStatistics();
        for (Range range : ranges) {
            fetcher.read(range, deadline, record -> {
                if (record.value() != null) {
                    learned.add(topic, record.value(), record.timestamp());
                    times.accept(record.timestamp());
                }
                return true;
            });
        }
        return times;
    }

    private static List<Range> at(RecordFetcher fetcher, String topic, long first, long after) {
        List<Range> ranges = new ArrayList<>();
        for (TopicPartition partition : fetcher.partitions(topic)) {
            long end = fetcher.end(partition);
            ranges.add(new Range(
                    partition,
                    fetcher.at(partition, first).orElse(end),
                    fetcher.at(partition, after).orElse(end)));
        }
        return ranges;
    }
}
