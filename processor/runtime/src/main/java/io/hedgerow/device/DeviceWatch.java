package io.hedgerow.device;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Keeps track of how a device's worker is. After a failure the device is left alone, each time twice as long, before a batch
 * tries it again; whatever is submitted meanwhile is refused. Thread-safe.
 */
final class DeviceWatch {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    private final String device;
    private final InstantSource clock;
    private Duration pause = FIRST_PAUSE;
    private @Nullable Object batch;

    /** Written under this object's lock, read without: every submission looks at it. */
    private volatile DeviceHealth health = DeviceHealth.WELL;

    DeviceWatch(String device, InstantSource clock) {
        this.device = device;
        this.clock = clock;
    }

    DeviceHealth health() {
        return health;
    }

    /** Why nothing should be submitted now; null if something should. */
    @Nullable
    DeviceException refusal() {
        DeviceHealth now = health;
        if (now.state() == DeviceHealth.State.UP || now.admits(clock.instant())) {
            return null;
        }
        String message = "device " + device + " is " + now;
        return now.state() == DeviceHealth.State.HUNG
                ? new DeviceTimeoutException(message)
                : new DeviceException(message);
    }

    /** A batch begins; {@code batch} stands for it. */
    synchronized void began(Object batch) {
        this.batch = batch;
    }

    /**
     * A batch has exceeded its time limit.
     *
     * @param start when it began
     * @return false if it has ended meanwhile
     */
    synchronized boolean hung(Object batch, Instant start, String detail) {
        if (this.batch != batch) {
            return false;
        }
        health = new DeviceHealth(
                DeviceHealth.State.HUNG, start, null, detail, health.hangs() + 1, health.failures(), health.halvings());
        return true;
    }

    /** The batch is over, however it went: a device that hung answers again. */
    synchronized void ended() {
        batch = null;
        if (health.state() == DeviceHealth.State.HUNG) {
            up();
        }
    }

    /** The batch went well, or failed by a fault of its own. */
    synchronized void answered() {
        pause = FIRST_PAUSE;
        if (health.state() != DeviceHealth.State.UP) {
            up();
        }
    }

    /** The batch failed by the device's fault. */
    synchronized void failed(String detail) {
        Instant now = clock.instant();
        Instant since = health.since();
        boolean again = health.state() != DeviceHealth.State.UP && since != null;
        health = new DeviceHealth(
                DeviceHealth.State.DOWN,
                again ? since : now,
                now.plus(pause),
                detail,
                health.hangs(),
                health.failures() + 1,
                health.halvings());
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
    }

    /** The batch is halved for want of memory. */
    synchronized void halved() {
        DeviceHealth now = health;
        health = new DeviceHealth(
                now.state(), now.since(), now.retry(), now.detail(), now.hangs(), now.failures(), now.halvings() + 1);
    }

    private void up() {
        health = new DeviceHealth(
                DeviceHealth.State.UP, clock.instant(), null, "", health.hangs(), health.failures(), health.halvings());
    }
}
