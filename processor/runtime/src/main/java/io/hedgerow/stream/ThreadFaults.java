package io.hedgerow.stream;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What stream threads were replaced for lately. Thread-safe. */
public final class ThreadFaults {
    // RATIONALE: Why is an instance not ready for a minute after a thread was replaced?
    private static final Duration FORGOTTEN = Duration.ofMinutes(1);
    private static final Duration LASTING = Duration.ofMinutes(5);

    /** The latest cause, with the times of its first and its last thread since a commit. */
    private record Fault(ThreadFault cause, long first, long last) {}

    private final LongSupplier nanos;
    private volatile @Nullable Fault latest;

    /** Nothing has happened yet. */
    public ThreadFaults() {
        this(System::nanoTime);
    }

    /** Takes a clock such as {@code System::nanoTime}. */
    ThreadFaults(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * A thread was replaced.
     *
     * @param committed whether any thread has committed since this was called before
     */
    synchronized void add(ThreadFault cause, boolean committed) {
        long now = nanos.getAsLong();
        Fault before = latest;
        long first = before != null && !committed && before.cause().isLike(cause) ? before.first() : now;
        latest = new Fault(cause, first, now);
    }

    /** The cause of the last replacement, in one line; empty if there has been none for a minute. */
    public Optional<String> recent() {
        Fault fault = latest;
        return fault == null || nanos.getAsLong() - fault.last() >= FORGOTTEN.toNanos()
                ? Optional.empty()
                : Optional.of(fault.cause().line());
    }

    /**
     * Whether one cause, nobody's fault outside of this process, has replaced threads for five minutes, and nothing was
     * committed.
     */
    public boolean isLasting() {
        Fault fault = latest;
        return fault != null
                && !fault.cause().isPassing()
                && recent().isPresent()
                && fault.last() - fault.first() >= LASTING.toNanos();
    }
}
