package io.hedgerow.dashboard.events;

import io.hedgerow.Explanation;
import io.hedgerow.dashboard.events.RecordFetcher.Range;
import io.hedgerow.dashboard.view.FeedEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The feed of a time that has passed: a few events, spread over it. Safe for use by several threads. */
public final class PastEvents {
    private static final Duration PATIENCE = Duration.ofSeconds(6);
    private static final int LOOKED_AT = 60;

    private final EventStore store;

    /** Takes where events are. */
    public PastEvents(EventStore store) {
        this.store = store;
    }

    /**
     * What is wanted.
     *
     * @param model key of a model; null for all
     * @param classIndex the class decided; null for all, as is what is negative
     * @param from milliseconds
     * @param to milliseconds, not in the span itself
     * @param most how many
     */
    public record Wanted(@Nullable String model, @Nullable Integer classIndex, long from, long to, int most) {
        boolean is(FeedEvent event) {
            return event.time() >= from
                    && event.time() < to
                    && (model == null || event.model().equals(model))
                    && (classIndex == null || classIndex < 0 || event.classIndex() == classIndex);
        }
    }

    /** Events that are wanted, the newest first. Of each part of the time a bounded number is looked at. */
    public CompletableFuture<List<FeedEvent>> of(Wanted wanted) {
        return store.search(fetcher -> {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            List<Range> ranges = new SpanSearch(store, fetcher, deadline).ranges(wanted.from(), wanted.to());
            List<FeedEvent> events = new ArrayList<>();
            int parts = (wanted.most() + ranges.size() - 1) / Math.max(1, ranges.size());
            for (int part = 0; part < parts; part++) {
                for (Range range : ranges) {
                    FeedEvent event = first(fetcher, part(range, part, parts), wanted, deadline);
                    if (event != null) {
                        events.add(event);
                    }
                }
            }
            return events.stream()
                    .sorted(Comparator.comparingLong(FeedEvent::time).reversed())
                    .limit(wanted.most())
                    .toList();
        });
    }

    private static Range part(Range range, int part, int parts) {
        return new Range(
                range.partition(),
                range.from() + range.size() * part / parts,
                range.from() + range.size() * (part + 1) / parts);
    }

    private @Nullable FeedEvent first(RecordFetcher fetcher, Range range, Wanted wanted, long deadline) {
        List<FeedEvent> found = new ArrayList<>();
        int[] looked = {0};
        fetcher.read(range, deadline, record -> {
            Explanation explanation = store.read(record);
            FeedEvent event = explanation == null
                    ? null
                    : FeedEvent.of(explanation, store.topic(), record.partition(), record.offset());
            if (explanation != null && event != null && wanted.is(event)) {
                store.know(record, explanation);
                found.add(event);
            }
            return found.isEmpty() && ++looked[0] < LOOKED_AT;
        });
        return found.isEmpty() ? null : found.get(0);
    }
}
