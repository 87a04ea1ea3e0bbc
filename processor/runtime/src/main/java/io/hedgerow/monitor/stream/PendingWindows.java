package io.hedgerow.monitor.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.streams.state.KeyValueStore;

/** What has come of windows that wait to be closed, in memory and in a task's store. Belongs to one task. */
final class PendingWindows {
    /** What has come of one window, and when the last of it came. */
    static final class Pending {
        private final List<Partial.Body> bodies = new ArrayList<>();
        private final List<String> keys = new ArrayList<>();
        private long last;
        private boolean shown;

        List<Partial.Body> bodies() {
            return bodies;
        }

        /** Wall-clock time at which something came last. */
        long last() {
            return last;
        }

        /** Whether what has come was shown. */
        boolean isShown() {
            return shown;
        }

        void show() {
            shown = true;
        }
    }

    private final KeyValueStore<String, byte[]> store;
    private final String prefix;
    private final long length;
    private final PartialCodec codec = new PartialCodec();
    private final NavigableMap<Long, Pending> windows = new TreeMap<>();
    private long next;
    private int size;

    /**
     * Goes on from a store.
     *
     * @param prefix of its keys
     * @param length of windows, in milliseconds
     * @param kept is told of each partial that was kept
     */
    PendingWindows(KeyValueStore<String, byte[]> store, String prefix, long length, long now, Consumer<Partial> kept) {
        this.store = store;
        this.prefix = prefix;
        this.length = length;
        try (var all = store.range(prefix, prefix + "\uffff")) {
            all.forEachRemaining(entry -> {
                Partial partial = codec.read(entry.value);
                add(entry.key, partial, now);
                kept.accept(partial);
                next = Math.max(next, Long.parseLong(entry.key.substring(prefix.length()), 16) + 1);
            });
        }
    }

    /** Keeps what has an event time. */
    void add(Partial partial, long now) {
        String key = prefix + "%016x".formatted(next++);
        store.put(key, codec.write(partial));
        add(key, partial, now);
    }

    /** The windows, earliest first, by their start. */
    NavigableMap<Long, Pending> windows() {
        return windows;
    }

    /** How many partials there are. */
    int size() {
        return size;
    }

    /** Lets go of a window. */
    void remove(long start) {
        Pending pending = windows.remove(start);
        if (pending != null) {
            pending.keys.forEach(key -> store.delete(key));
            size -= pending.keys.size();
        }
    }

    private void add(String key, Partial partial, long now) {
        long start = Math.floorDiv(partial.time(), length) * length;
        Pending pending = windows.computeIfAbsent(start, unused -> new Pending());
        pending.bodies.add(partial.body());
        pending.keys.add(key);
        pending.last = now;
        pending.shown = false;
        size++;
    }
}
