package io.hedgerow.monitor.stream;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * How far events have come: the time up to which every partition that is alive was read. A partition is asleep when nothing has
 * come of it for half a minute, and holds up nobody then; where all are, time stands still. Never goes back, and never beyond the present: an event from the future
 * would make late all that come before it. Belongs to one task.
 */
final class Horizon {
    private static final String TIME = "time/";
    private static final String HORIZON = "horizon";
    private static final long ASLEEP = Duration.ofSeconds(30).toMillis();

    private final KeyValueStore<String, byte[]> store;
    private final Map<String, Long> times = new HashMap<>();
    private final Map<String, Long> heard = new HashMap<>();
    private final Set<String> changed = new HashSet<>();
    private long horizon;
    private long kept;
    private long lastHeard;

    /** Goes on from a store; every partition known to it counts as just heard of. */
    Horizon(KeyValueStore<String, byte[]> store, long now) {
        this.store = store;
        byte[] before = store.get(HORIZON);
        horizon = before == null ? Long.MIN_VALUE : ByteBuffer.wrap(before).getLong();
        kept = horizon;
        lastHeard = now;
        try (var all = store.range(TIME, TIME + "\uffff")) {
            all.forEachRemaining(entry -> {
                String source = entry.key.substring(TIME.length());
                times.put(source, ByteBuffer.wrap(entry.value).getLong());
                heard.put(source, now);
            });
        }
    }

    /** A record came of a partition. */
    void heard(String source, long told, long now) {
        lastHeard = now;
        long time = Math.min(told, now);
        Long before = times.get(source);
        if (before == null || time > before) {
            times.put(source, time);
            heard.put(source, now);
            changed.add(source);
        }
    }

    /** The time up to which all was read; {@link Long#MIN_VALUE} if that isn't known yet. */
    long at(long now) {
        long slowest = Long.MAX_VALUE;
        for (Map.Entry<String, Long> source : times.entrySet()) {
            // where the clock was set back, what sleeps is not to be waited for until it is that late again
            if (now - heard.merge(source.getKey(), now, Math::min) < ASLEEP) {
                slowest = Math.min(slowest, source.getValue());
            }
        }
        if (slowest != Long.MAX_VALUE) {
            horizon = Math.max(horizon, slowest);
        }
        return horizon;
    }

    /** The time that was last given. */
    long last() {
        return horizon;
    }

    /** Milliseconds of wall-clock time since anything came. */
    long silence(long now) {
        lastHeard = Math.min(lastHeard, now);
        return now - lastHeard;
    }

    /** Keeps what has changed. */
    void save() {
        changed.forEach(source -> store.put(TIME + source, bytes(times.getOrDefault(source, Long.MIN_VALUE))));
        changed.clear();
        if (horizon != kept) {
            store.put(HORIZON, bytes(horizon));
            kept = horizon;
        }
    }

    private static byte[] bytes(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }
}
