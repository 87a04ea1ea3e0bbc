package io.hedgerow.monitor.delivery;

import io.hedgerow.digest.Sha256;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/**
 * How far each webhook is, as it is committed: the offset up to which all have taken everything, and beside it, in the commit's
 * metadata, each one's own.
 */
final class SenderOffsets {
    private static final int DIGITS = 12;

    private final long all;
    private final Map<String, Long> each = new HashMap<>();

    /** What was committed; null if nothing was. */
    SenderOffsets(@Nullable OffsetAndMetadata committed) {
        all = committed == null ? 0 : committed.offset();
        for (String pair :
                committed == null ? new String[0] : committed.metadata().split(" ", -1)) {
            if (pair.matches("[0-9a-f]{" + DIGITS + "}:\\d{1,18}")) {
                each.put(pair.substring(0, DIGITS), Long.parseLong(pair.substring(DIGITS + 1)));
            }
        }
    }

    /** Where a webhook begins; a new one after what the others have taken. */
    long of(String key) {
        return each.getOrDefault(key, all);
    }

    /**
     * What is to be committed.
     *
     * @param cursors by webhook; may be empty
     * @param end offset after what was read
     */
    static OffsetAndMetadata commit(Map<String, Long> cursors, long end) {
        long all = cursors.values().stream().mapToLong(Long::longValue).min().orElse(end);
        return new OffsetAndMetadata(
                all,
                new TreeMap<>(cursors)
                        .entrySet().stream()
                                .map(cursor -> cursor.getKey() + ":" + cursor.getValue())
                                .collect(Collectors.joining(" ")));
    }

    /** Names an address without showing it. */
    static String key(URI address) {
        return Sha256.hex(address.toString()).substring(0, DIGITS);
    }
}
