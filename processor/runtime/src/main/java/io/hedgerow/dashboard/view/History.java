package io.hedgerow.dashboard.view;

import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The windows of one class, or of all classes together, oldest first. Guarded by its view. */
final class History {
    private final NavigableMap<Long, ProfileWindow> windows = new TreeMap<>();

    /** Takes a window in place of what was known of it, and forgets the oldest beyond {@code most}. */
    void put(ProfileWindow window, int most) {
        windows.put(window.start(), window);
        while (windows.size() > most) {
            windows.pollFirstEntry();
        }
    }

    /** Windows that begin from {@code from} on and before {@code to}, in milliseconds. */
    Collection<ProfileWindow> between(long from, long to) {
        return from < to ? windows.subMap(from, true, to, false).values() : List.of();
    }

    /** Windows that any event from {@code first} to {@code last} lies in, in milliseconds. */
    List<ProfileWindow> overlapping(long first, long last) {
        return windows.headMap(last, true).values().stream()
                .filter(window -> window.end() > first)
                .toList();
    }

    /** Windows of the last {@code millis}, counted back from {@code end}. */
    Collection<ProfileWindow> last(long end, long millis) {
        return windows.tailMap(end - millis, true).values();
    }

    Collection<ProfileWindow> all() {
        return windows.values();
    }

    @Nullable
    ProfileWindow newest() {
        return windows.isEmpty() ? null : windows.lastEntry().getValue();
    }

    /** The newest with evidence: provisional ones have none. */
    @Nullable
    ProfileWindow newestJudged() {
        for (ProfileWindow window : windows.descendingMap().values()) {
            if (!Float.isNaN(window.logThreshold()) && !window.provisional()) {
                return window;
            }
        }
        return null;
    }

    int size() {
        return windows.size();
    }
}
