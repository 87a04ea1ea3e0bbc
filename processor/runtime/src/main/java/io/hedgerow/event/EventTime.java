package io.hedgerow.event;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Tells times that may be true from those that can't: too old, too far ahead, or in another unit. Thread-safe. */
public final class EventTime {
    // RATIONALE: Why is a time before 2000 taken for one in other units?
    private static final long MILLI = 1000;

    private final Clock clock;
    private final Instant earliest;
    private final Duration futureSkew;

    public EventTime(Clock clock, EventLimits limits) {
        this.clock = clock;
        this.earliest = limits.earliest();
        this.futureSkew = limits.futureSkew();
    }

    /** Refuses an event for its time. */
    void check(Instant time) throws RejectedRecordException {
        long millis = time.toEpochMilli();
        if (isPlausible(millis)) {
            return;
        }
        String what = "the event's time %s ".formatted(time);
        if (millis < 0) {
            what += "is before 1970";
        } else if (time.isBefore(earliest)) {
            what += "is before %s".formatted(earliest);
        } else {
            what += "is more than %s ahead of this machine's %s".formatted(futureSkew, clock.instant());
        }
        throw new RejectedRecordException(Reason.BAD_TIME, what + unit(millis));
    }

    /** Whether a time, in milliseconds since 1970, is neither too old nor too far ahead. */
    public boolean isPlausible(long millis) {
        return millis >= earliest.toEpochMilli() && millis <= clock.millis() + futureSkew.toMillis();
    }

    /** The unit in which the number would be a plausible time. */
    private String unit(long millis) {
        String unit;
        if (millis > 0 && millis < Long.MAX_VALUE / MILLI && isPlausible(millis * MILLI)) {
            unit = "seconds";
        } else if (isPlausible(millis / MILLI)) {
            unit = "microseconds";
        } else if (isPlausible(millis / (MILLI * MILLI))) {
            unit = "nanoseconds";
        } else {
            return "";
        }
        return ": %d %s? The schema has milliseconds".formatted(millis, unit);
    }
}
