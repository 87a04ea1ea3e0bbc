package io.hedgerow.dashboard.feed;

import io.hedgerow.dashboard.view.FeedEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The latest explanations that were seen, a bounded number of them. Safe for use by several threads. */
public final class Feed {
    private static final int MOST = 500;

    private final Deque<FeedEvent> events = new ArrayDeque<>();
    private long taken;

    /** What came after a certain number of events. */
    public record News(List<FeedEvent> events, long taken) {}

    /** Takes an event; the oldest goes if there are too many. */
    public synchronized void add(FeedEvent event) {
        events.addFirst(event);
        taken++;
        if (events.size() > MOST) {
            events.removeLast();
        }
    }

    /** The newest events, newest first. */
    public synchronized List<FeedEvent> newest(int most) {
        return events.stream().limit(most).toList();
    }

    /** How many were taken in all. */
    public synchronized long taken() {
        return taken;
    }

    /**
     * Events after the first {@code before}, newest first.
     *
     * @param most how many at most: the oldest are left out
     */
    public synchronized News since(long before, int most) {
        long fresh = Math.min(taken - before, most);
        return new News(new ArrayList<>(newest((int) Math.max(0, fresh))), taken);
    }

    /** An event by its id, the newest of that name. */
    public synchronized Optional<FeedEvent> find(String id) {
        return events.stream().filter(event -> event.id().equals(id)).findFirst();
    }
}
