package io.hedgerow.dashboard.http;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/**
 * One browser that reads the stream. Nothing waits for it: it is written to when it has taken what came before, by whichever
 * thread has something new, and holds no thread in between. Thread-safe.
 */
final class StreamReader implements WriteListener {
    private final ServletOutputStream out;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private boolean listened;
    private boolean flushing;
    private long waitingSince;
    private boolean waiting;

    /** What it has seen of the hub's changes. */
    private long seen;

    /** What it has seen of the feed. */
    private long feedSeen;

    private long spokenAt;

    /** What it is told first. */
    private String greeting = "";

    StreamReader(ServletOutputStream out, long feedSeen, long now) {
        this.out = out;
        this.feedSeen = feedSeen;
        this.spokenAt = now;
    }

    /** Sets what it is told before anything else. */
    synchronized void greet(String text) {
        greeting = text;
    }

    /** Completes when it is gone. */
    CompletableFuture<Void> done() {
        return done;
    }

    /** What the reader has seen, and the text that brings it up to date. */
    interface Update {
        String text(long seen, long feedSeen, long silentNanos);

        long seen();

        long feedSeen();
    }

    /**
     * Sends what is new if the browser has taken what came before.
     *
     * @param now nanoseconds
     * @return since when it has taken nothing, in nanoseconds of that clock; {@code now} if it takes what it is sent
     */
    synchronized long offer(Update update, long now) {
        try {
            if (!listened || !ready()) {
                if (!waiting) {
                    waiting = true;
                    waitingSince = now;
                }
                return waitingSince;
            }
            waiting = false;
            String text = greeting + update.text(seen, feedSeen, now - spokenAt);
            greeting = "";
            seen = update.seen();
            feedSeen = update.feedSeen();
            if (!text.isEmpty()) {
                spokenAt = now;
                out.write(text.getBytes(StandardCharsets.UTF_8));
                flushing = true;
                var unused = ready();
            }
        } catch (IOException | RuntimeException e) {
            end();
        }
        return now;
    }

    /** Ends the answer. */
    void end() {
        done.complete(null);
    }

    @Override
    public synchronized void onWritePossible() throws IOException {
        listened = true;
        var unused = ready();
    }

    @Override
    public void onError(Throwable failure) {
        end();
    }

    /** Whether all was taken; flushes what was written last. */
    private boolean ready() throws IOException {
        if (!out.isReady()) {
            return false;
        }
        if (flushing) {
            flushing = false;
            out.flush();
            return out.isReady();
        }
        return true;
    }
}
