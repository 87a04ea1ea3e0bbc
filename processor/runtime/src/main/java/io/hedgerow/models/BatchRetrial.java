package io.hedgerow.models;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries batch sizes anew of models that began with what was found at an earlier start, in the background: one model after the
 * other, and only while none has anything to do. Thread-safe.
 */
public final class BatchRetrial implements AutoCloseable {
    // RATIONALE: Why are batch sizes tried only when nothing is computed?
    /** After this, a start is over. */
    private static final Duration START = Duration.ofMinutes(1);

    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final long LOOK_MILLIS = 100;

    private static final Logger LOG = LoggerFactory.getLogger(BatchRetrial.class);

    private final List<LoadedModel> models;
    private final Duration start;
    private final Thread thread;

    /** Begins, a minute from now; the models are closed after this. */
    public BatchRetrial(List<LoadedModel> models) {
        this(models, START);
    }

    BatchRetrial(List<LoadedModel> models, Duration start) {
        this.models = List.copyOf(models);
        this.start = start;
        this.thread = new Thread(this::run, "hedgerow-batch-sizes");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            TimeUnit.NANOSECONDS.sleep(start.toNanos());
            for (LoadedModel model : models) {
                model.retry(this::awaitQuiet);
            }
        } catch (InterruptedException | InterruptedIOException e) {
            LOG.debug("Batch sizes are not tried any more", e);
        } catch (IOException e) {
            LOG.warn("Batch sizes can't be tried: {}", e.getMessage());
        }
    }

    private void awaitQuiet() throws InterruptedIOException {
        try {
            do {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            } while (!models.stream().allMatch(model -> model.hasBeenIdle(QUIET)));
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
        }
    }

    /** Ends it; returns when no model is used by it any more. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
