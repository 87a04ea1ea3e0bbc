package io.hedgerow.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One text per path ({@code batch.size}, {@code models[0].name}), each with the line it stands on. */
final class Entries {
    private record Entry(String text, int line) {}

    private final String origin;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /** Takes the name of what is read, for messages. */
    Entries(String origin) {
        this.origin = origin;
    }

    Set<String> paths() {
        return entries.keySet();
    }

    @Nullable
    String text(String path) {
        Entry entry = entries.get(path);
        return entry == null ? null : entry.text();
    }

    /** Adds what stands on {@code line}, from 1; 0 if there are no lines. */
    void put(String path, String text, int line) {
        Entry earlier = entries.putIfAbsent(path, new Entry(text, line));
        if (earlier != null) {
            throw error(line, path + " is set a second time, after line " + earlier.line());
        }
    }

    /** An error about the value at {@code path}, or about the whole if there is none. */
    ConfigurationException error(String path, String message) {
        Entry entry = entries.get(path);
        return error(entry == null ? 0 : entry.line(), message);
    }

    ConfigurationException error(int line, String message) {
        return new ConfigurationException(origin + (line == 0 ? "" : ":" + line) + ": " + message);
    }
}
