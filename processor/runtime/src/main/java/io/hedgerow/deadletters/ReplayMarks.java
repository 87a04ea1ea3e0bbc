package io.hedgerow.deadletters;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Marks of the dead letters that have been replayed: for each partition and reason ranges of offsets within which every letter
 * of that reason was. Letters of other reasons don't interrupt a range, so that ranges stay few. Single-threaded.
 */
final class ReplayMarks {
    private final Map<String, OffsetRanges> ranges = new HashMap<>();
    private final Map<String, Long> runs = new HashMap<>();
    private final Map<String, String> changed = new LinkedHashMap<>();

    /** Takes back what {@link #takeChanges} gave; later ones of the same key win. */
    void restore(String key, String value) {
        ranges.put(key, OffsetRanges.parse(value));
    }

    boolean isReplayed(DeadLetter letter) {
        OffsetRanges replayed = ranges.get(key(letter));
        return replayed != null && replayed.contains(letter.offset());
    }

    /**
     * Marks a letter as replayed, and with it, if no letter of its reason was {@link #skip skipped} in between, whatever lies
     * between it and the one before that this was told of.
     */
    void replayed(DeadLetter letter) {
        String key = key(letter);
        OffsetRanges replayed = ranges.computeIfAbsent(key, unused -> new OffsetRanges());
        replayed.add(runs.getOrDefault(key, letter.offset()), letter.offset() + 1);
        runs.put(key, letter.offset() + 1);
        changed.put(key, replayed.toString());
    }

    /** Tells of a letter that was not replayed now and must not count as if it had been. */
    void skip(DeadLetter letter) {
        runs.remove(key(letter));
    }

    /** The marks that have changed since this was last called, to be kept. */
    Map<String, String> takeChanges() {
        Map<String, String> taken = new LinkedHashMap<>(changed);
        changed.clear();
        return taken;
    }

    private static String key(DeadLetter letter) {
        return letter.partition() + "/" + letter.reason();
    }
}
