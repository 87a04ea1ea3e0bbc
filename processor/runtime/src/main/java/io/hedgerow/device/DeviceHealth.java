package io.hedgerow.device;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a device is, and how often it wasn't well.
 *
 * @param since when that began; null while it has always been up
 * @param retry when it is tried again; null if it is up, or hangs and can't be tried before it answers
 * @param detail what happened, for people; empty while it is up
 * @param hangs batches that exceeded their time limit, so far
 * @param failures batches that failed by the device's fault, so far; those of other batches' hangs not counted
 * @param halvings batches that were halved because the device's memory was not enough, so far
 */
public record DeviceHealth(
        State state,
        @Nullable Instant since,
        @Nullable Instant retry,
        String detail,
        long hangs,
        long failures,
        long halvings) {
    /** What can be expected of the device. */
    public enum State {
        /** It takes requests. */
        UP,
        /** It failed, and is tried again. */
        DOWN,
        /** A batch exceeds its time limit right now. */
        HUNG
    }

    /** Up, and never was otherwise. */
    public static final DeviceHealth WELL = new DeviceHealth(State.UP, null, null, "", 0, 0, 0);

    /** Whether requests are worth submitting: it is up, or due to be tried again. */
    public boolean admits(Instant now) {
        return state == State.UP || (retry != null && !now.isBefore(retry));
    }

    /** This with another model's on the same device: the worse state, all counts. */
    public DeviceHealth and(DeviceHealth other) {
        DeviceHealth worse = other.state.compareTo(state) > 0 ? other : this;
        return new DeviceHealth(
                worse.state,
                worse.since,
                worse.retry,
                worse.detail,
                hangs + other.hangs,
                failures + other.failures,
                halvings + other.halvings);
    }

    @Override
    public String toString() {
        if (state == State.UP) {
            return "up";
        }
        String next = retry == null ? "" : ", tried again at " + retry;
        return "%s since %s%s: %s".formatted(state == State.HUNG ? "hung" : "down", since, next, detail);
    }
}
