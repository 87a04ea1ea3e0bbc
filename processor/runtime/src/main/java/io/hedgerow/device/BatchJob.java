package io.hedgerow.device;

import java.util.concurrent.CompletableFuture;

/**
 * A request that waits for a batch.
 *
 * @param submitted when, by {@link System#nanoTime()}
 */
record BatchJob<Q, R>(Q request, long submitted, CompletableFuture<Batched<R>> future) {
    /** A job that is submitted now. */
    BatchJob(Q request) {
        this(request, System.nanoTime(), new CompletableFuture<>());
    }

    void fail(Throwable reason) {
        future.completeExceptionally(reason);
    }
}
