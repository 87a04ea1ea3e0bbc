package io.hedgerow.topology;

import io.hedgerow.explain.Attribution;
import io.hedgerow.explain.Batched;
import io.hedgerow.explain.Explainer;
import java.util.concurrent.CompletableFuture;

/**
 * One record on its way through a decoder's thread and the device. Cancelling the result skips whatever has not begun.
 */
final class Job implements Runnable {
    private final InputRecord record;
    private final Explainer device;
    private final Preparation preparation;
    private final CompletableFuture<Attributed> result = new CompletableFuture<>();

    Job(InputRecord record, Explainer device, Preparation preparation) {
        this.record = record;
        this.device = device;
        this.preparation = preparation;
    }

    long offset() {
        return record.offset();
    }

    /**
     * Completes with the attribution, or with what preparing the record or explaining it threw, as it was thrown.
     */
    CompletableFuture<Attributed> result() {
        return result;
    }

    @Override
    public void run() {
        if (result.isDone()) {
            return;
        }
        try {
            Preparation.Prepared prepared = preparation.prepare(record, device);
            Subject subject = prepared.subject();
            CompletableFuture<Batched<Attribution>> computed = subject.model().submit(prepared.request());
            result.whenComplete((done, failure) -> {
                if (result.isCancelled()) {
                    computed.cancel(false);
                }
            });
            computed.whenComplete((attribution, failure) -> {
                if (failure == null) {
                    result.complete(new Attributed(subject, attribution));
                } else {
                    result.completeExceptionally(failure);
                }
            });
        } catch (Throwable e) {
            result.completeExceptionally(e);
        }
    }
}
