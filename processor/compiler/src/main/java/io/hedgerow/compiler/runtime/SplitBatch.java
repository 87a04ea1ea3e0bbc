package io.hedgerow.compiler.runtime;

import ai.djl.translate.TranslateException;
import io.hedgerow.engine.TensorFlowDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Computes a batch in two halves at once where cores share the work: some operations are bound by memory and others by
 * arithmetic, and a graph has stretches where one waits for the other. Elsewhere a batch stays whole. For one thread.
 */
public final class SplitBatch implements AutoCloseable {
    // RATIONALE: Why is a batch explained in two halves at once on a CPU?
    /**
     * Computes part of a batch.
     *
     * @param <R> result
     */
    @FunctionalInterface
    public interface Part<R> {
        /**
         * A result for each of them. Of one lane's parts none is computed before another has ended.
         *
         * @param lane which of those that compute at the same time this is, from 0
         * @param from the first, inclusive
         * @param to the last, exclusive
         */
        public List<R> compute(int lane, int from, int to) throws TranslateException;
    }

    private final int lanes;
    private final ExecutorService other;

    SplitBatch(int lanes, String device) {
        this.lanes = lanes;
        this.other = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "hedgerow-half-" + device);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** As suits a device. */
    public static SplitBatch on(TensorFlowDevice device) {
        boolean shares = device.type() == TensorFlowDevice.Type.CPU
                && Runtime.getRuntime().availableProcessors() > 1;
        return new SplitBatch(shares ? 2 : 1, device.toString());
    }

    /** How many parts are computed at the same time at most. */
    int lanes() {
        return lanes;
    }

    /**
     * Computes a batch, and returns when all of it has ended.
     *
     * @param size at least 1
     * @throws TranslateException what a part throws, of several the first one's
     */
    public <R> List<R> compute(int size, Part<R> part) throws TranslateException {
        if (size < lanes || lanes == 1) {
            return part.compute(0, 0, size);
        }
        int half = (size + 1) / 2;
        CompletableFuture<List<R>> second = new CompletableFuture<>();
        other.execute(() -> {
            try {
                second.complete(part.compute(1, half, size));
            } catch (Throwable e) {
                second.completeExceptionally(e);
            }
        });
        List<R> results = new ArrayList<>(size);
        try {
            results.addAll(part.compute(0, 0, half));
        } finally {
            // Whatever became of the first: nothing may be closed under a running second.
            second.handle((computed, failure) -> failure).join();
        }
        results.addAll(ended(second));
        return results;
    }

    /**
     * The same for what has several maps each: in pieces of as many maps as there would be images with one each, so that
     * the memory of a batch grows with them only where they are more than those images, and what is kept between operations
     * stays in a processor's caches.
     *
     * @param maps of each, at least 1
     */
    public <R> List<R> compute(int size, int maps, Part<R> part) throws TranslateException {
        return compute(size, (lane, from, to) -> {
            int piece = Math.max(1, (to - from) / maps);
            List<R> results = new ArrayList<>(to - from);
            for (int start = from; start < to; start += piece) {
                results.addAll(part.compute(lane, start, Math.min(start + piece, to)));
            }
            return results;
        });
    }

    private static <R> List<R> ended(CompletableFuture<List<R>> part) throws TranslateException {
        try {
            return part.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof TranslateException failure) {
                throw failure;
            }
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        other.shutdown();
    }
}
