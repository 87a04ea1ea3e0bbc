package io.hedgerow.service;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets a command wait until the process is told to stop, and the process wait until the command has cleaned up. */
public final class Stop implements AutoCloseable {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch cleaned = new CountDownLatch(1);
    private final Runnable onAsked;
    private final Thread hook;

    /** Takes how long cleaning up may take. */
    public Stop(Duration grace) {
        this(grace, () -> {});
    }

    /** Takes how long cleaning up may take, and what else is to be done when told to stop. */
    public Stop(Duration grace, Runnable onAsked) {
        this.onAsked = onAsked;
        hook = new Thread(() -> {
            ask();
            try {
                var unused = cleaned.await(grace.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** From here on the process's end waits; before, there is nothing to clean up. */
    public void arm() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** As the process's end does. */
    public void ask() {
        asked.countDown();
        onAsked.run();
    }

    public boolean isAsked() {
        return asked.getCount() == 0;
    }

    public void await() throws InterruptedException {
        asked.await();
    }

    /** Waits no longer than {@code patience}; whether the command is to stop. */
    public boolean await(Duration patience) throws InterruptedException {
        return asked.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Everything is cleaned up. */
    @Override
    public void close() {
        cleaned.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already, which is why we are here.
        }
    }
}
