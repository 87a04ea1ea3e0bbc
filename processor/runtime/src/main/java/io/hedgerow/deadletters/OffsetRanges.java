package io.hedgerow.deadletters;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Offsets as ranges that neither touch nor overlap; as text {@code 0-120,300-310}, ends not included. Single-threaded. */
final class OffsetRanges {
    private final TreeMap<Long, Long> ends = new TreeMap<>();

    /**
     * Reads what {@link #toString} wrote.
     *
     * @throws IllegalArgumentException if it did not
     */
    static OffsetRanges parse(String text) {
        OffsetRanges ranges = new OffsetRanges();
        if (!text.matches("(\\d{1,18}-\\d{1,18}(,|$))*")) {
            throw new IllegalArgumentException("'%s' are no ranges of offsets".formatted(text));
        }
        for (String range : text.split(",", -1)) {
            if (!range.isEmpty()) {
                String[] bounds = range.split("-", -1);
                ranges.add(Long.parseLong(bounds[0]), Long.parseLong(bounds[1]));
            }
        }
        return ranges;
    }

    /** Adds all offsets from {@code from} to before {@code to}. */
    void add(long from, long to) {
        if (from >= to) {
            return;
        }
        long start = from;
        long end = to;
        Map.Entry<Long, Long> near = ends.floorEntry(end);
        while (near != null && near.getValue() >= start) {
            start = Math.min(start, near.getKey());
            end = Math.max(end, near.getValue());
            ends.remove(near.getKey());
            near = ends.floorEntry(end);
        }
        ends.put(start, end);
    }

    boolean contains(long offset) {
        Map.Entry<Long, Long> near = ends.floorEntry(offset);
        return near != null && offset < near.getValue();
    }

    @Override
    public String toString() {
        return ends.entrySet().stream()
                .map(range -> range.getKey() + "-" + range.getValue())
                .collect(Collectors.joining(","));
    }
}
