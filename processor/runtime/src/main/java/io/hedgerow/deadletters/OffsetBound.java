package io.hedgerow.deadletters;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/** Where a part of each partition begins or ends: at an offset, or at the first record that is as young as a time. */
public sealed interface OffsetBound {
    /** An offset in every partition. */
    record Offset(long offset) implements OffsetBound {}

    /** As Kafka looks up offsets by time: the first record with this timestamp or a later one. */
    record Time(Instant time) implements OffsetBound {}

    /**
     * Reads {@code 1200}, {@code 2026-03-01T06:00:00Z} or {@code 2026-03-01T07:00:00+01:00}.
     *
     * @throws IllegalArgumentException if it is neither
     */
    static OffsetBound parse(String text) {
        try {
            return text.matches("\\d+")
                    ? new Offset(Long.parseLong(text))
                    : new Time(OffsetDateTime.parse(text).toInstant());
        } catch (NumberFormatException | DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "'%s' is neither an offset nor a time; write it like 1200 or 2026-03-01T06:00:00Z".formatted(text),
                    e);
        }
    }
}
