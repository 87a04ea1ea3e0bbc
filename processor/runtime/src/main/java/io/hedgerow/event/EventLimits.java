package io.hedgerow.event;

import java.time.Duration;
import java.time.Instant;

/**
 * What an event may carry; what exceeds it becomes a dead letter.
 *
 * @param tensorBytes largest raw tensor, in bytes
 * @param classes most classes to explain, at least 1
 * @param attributes most attributes
 * @param attributeBytes most bytes of all attributes' names and values together
 * @param headers most record headers
 * @param headerBytes most bytes of all record headers' names and values together
 * @param earliest the earliest time that an event may have
 * @param futureSkew how far ahead of this machine's clock a time may be
 */
public record EventLimits(
        long tensorBytes,
        int classes,
        int attributes,
        int attributeBytes,
        int headers,
        int headerBytes,
        Instant earliest,
        Duration futureSkew) {
    /** 16 classes, 64 attributes and 64 headers of 16 KiB each in all, tensors of 64 MiB, times from 2000 to an hour ahead. */
    public static final EventLimits DEFAULT = new EventLimits(
            64 << 20, 16, 64, 16 << 10, 64, 16 << 10, Instant.parse("2000-01-01T00:00:00Z"), Duration.ofHours(1));
}
