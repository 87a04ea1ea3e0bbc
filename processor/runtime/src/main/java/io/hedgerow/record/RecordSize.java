package io.hedgerow.record;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Upper bound of what a record takes uncompressed in a batch of its own, in bytes: what the producer compares with
 * {@code max.request.size} and the broker with {@code max.message.bytes}.
 */
public final class RecordSize {
    private static final int BATCH_HEADER = 61;
    private static final int RECORD_FIELDS = 21;
    private static final int LENGTHS_OF_A_HEADER = 10;

    private RecordSize() {}

    /** For a record of these parts. */
    public static long of(byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        long size = BATCH_HEADER + RECORD_FIELDS + length(key) + length(value);
        for (Header header : headers) {
            size += LENGTHS_OF_A_HEADER + header.key().getBytes(StandardCharsets.UTF_8).length + length(header.value());
        }
        return size;
    }

    private static long length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
