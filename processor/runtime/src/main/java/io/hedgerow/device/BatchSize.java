package io.hedgerow.device;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * How many requests a device's memory takes at once. What was too much is halved; after a while twice as many are tried
 * again, up to the most that is wanted. Single-threaded, but for {@link #want}.
 */
final class BatchSize {
    private static final Duration REMEMBERED = Duration.ofMinutes(5);

    private volatile int wanted;
    private int most;
    private final InstantSource clock;
    private int size;
    private Instant until = Instant.MIN;

    BatchSize(int most, InstantSource clock) {
        this.most = most;
        this.wanted = most;
        this.clock = clock;
        this.size = most;
    }

    /** From now on at most so many, and so many at once, for they have just been tried. */
    void want(int requests) {
        wanted = requests;
    }

    /** At least 1. */
    int current() {
        if (most != wanted) {
            most = wanted;
            size = most;
        }
        if (size < most && !clock.instant().isBefore(until)) {
            set(Math.min(most, 2 * size));
        }
        return size;
    }

    /** A batch of {@code tried} was too much; {@code tried} is at least 2. */
    void halve(int tried) {
        set(Math.max(1, Math.min(size, tried / 2)));
    }

    private void set(int next) {
        size = next;
        until = clock.instant().plus(REMEMBERED);
    }
}
