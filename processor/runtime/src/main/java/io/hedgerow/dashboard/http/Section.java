package io.hedgerow.dashboard.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * One kind of event of the stream: the latest values, each with the number of the change that it came with. Readers are sent what
 * is newer than what they have, so that a slow one skips values instead of queueing them. Guarded by its hub.
 */
final class Section {
    private static final String ONLY = "";

    private final String name;
    private final boolean single;
    private final Map<String, Value> values = new LinkedHashMap<>();

    @SuppressWarnings("ArrayRecordComponent") // never compared as a record
    private record Value(byte[] json, long change) {}

    /** Takes the event's name, and whether it carries one value instead of a list of those that changed. */
    Section(String name, boolean single) {
        this.name = name;
        this.single = single;
    }

    /** Takes the only value. */
    boolean update(Object value, long change) {
        return put(ONLY, Json.bytes(value), change);
    }

    /** Takes all values; what is no longer among them is forgotten. */
    <T> boolean update(List<T> all, Function<T, String> key, long change) {
        boolean changed = false;
        Set<String> keys = new HashSet<>();
        for (T value : all) {
            keys.add(key.apply(value));
            changed |= put(key.apply(value), Json.bytes(value), change);
        }
        values.keySet().retainAll(keys);
        return changed;
    }

    /** Appends an event with what is newer than {@code seen}, if anything is. */
    void write(StringBuilder to, long seen) {
        List<byte[]> fresh = new ArrayList<>();
        for (Value value : values.values()) {
            if (value.change() > seen) {
                fresh.add(value.json());
            }
        }
        if (fresh.isEmpty()) {
            return;
        }
        to.append("event: ").append(name).append("\ndata: ").append(single ? "" : "[");
        for (int i = 0; i < fresh.size(); i++) {
            to.append(i == 0 ? "" : ",").append(new String(fresh.get(i), StandardCharsets.UTF_8));
        }
        to.append(single ? "\n\n" : "]\n\n");
    }

    private boolean put(String key, byte[] json, long change) {
        Value known = values.get(key);
        if (known != null && Arrays.equals(known.json(), json)) {
            return false;
        }
        values.put(key, new Value(json, change));
        return true;
    }
}
