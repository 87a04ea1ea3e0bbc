package io.hedgerow.audit.log;

import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signer of checkpoints on a thread of its own until it is closed. What goes wrong is tried again, from the last checkpoints on:
 * nothing that was signed is ever forgotten, so that no two roots of one size are.
 */
public final class CheckpointSigner implements AutoCloseable {
    // RATIONALE: Why is the signer not part of the topology?
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointSigner.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Supplier<SigningSession> sessions;
    private final Duration grace;
    private final Thread thread;
    private volatile boolean stopped;

    /**
     * Starts.
     *
     * @param sessions connects anew
     * @param grace how long {@link #close()} waits for the last checkpoints
     */
    public CheckpointSigner(Supplier<SigningSession> sessions, Duration grace) {
        this.sessions = sessions;
        this.grace = grace;
        this.thread = new Thread(this::run, "hedgerow-signer");
        thread.setDaemon(true);
        thread.start();
    }

    /** Seals what has been written so far, and ends. */
    @Override
    public void close() throws InterruptedException {
        stopped = true;
        thread.join(grace.toMillis());
        if (thread.isAlive()) {
            LOG.warn(
                    "The signer did not end within {} s; what is unsealed is sealed at the next start",
                    grace.toSeconds());
            thread.interrupt();
        }
    }

    private void run() {
        while (!stopped) {
            try (SigningSession session = sessions.get()) {
                session.run(() -> stopped);
            } catch (RuntimeException e) {
                LOG.warn("Signing checkpoints begins again: {}", e.toString());
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            stopped = true;
        }
    }
}
