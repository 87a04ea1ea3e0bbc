package io.hedgerow.stream;

import io.hedgerow.compiler.runtime.Attribution;
import io.hedgerow.device.Batched;
import io.hedgerow.event.EventFacts;
import io.hedgerow.event.Finding;
import io.hedgerow.event.InputRecord;
import io.hedgerow.event.Preparation;
import io.hedgerow.event.Subject;
import io.hedgerow.models.Explainer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** One record on its way through a decoder's thread and the device. Cancelling it skips whatever has not begun. */
public final class Job implements Runnable {
    private final InputRecord record;
    private final Explainer device;
    private final Preparation preparation;
    private final CompletableFuture<Finding> result = new CompletableFuture<>();
    private volatile @Nullable Future<?> onDevice;
    private volatile @Nullable EventFacts facts;

    Job(InputRecord record, Explainer device, Preparation preparation) {
        this.record = record;
        this.device = device;
        this.preparation = preparation;
    }

    long offset() {
        return record.offset();
    }

    /**
     * Completes with what became of the record, or with what preparing the record or explaining it threw, as it was thrown.
     */
    public CompletableFuture<Finding> result() {
        return result;
    }

    /** What the event says; null as long as that is not known, and for ever if the record holds no event. */
    @Nullable
    EventFacts facts() {
        return facts;
    }

    /** Nobody wants the result any more. */
    void cancel() {
        result.cancel(false);
        Future<?> submitted = onDevice;
        if (submitted != null) {
            submitted.cancel(false);
        }
    }

    @Override
    public void run() {
        if (result.isDone()) {
            return;
        }
        try {
            Preparation.Prepared prepared = preparation.prepare(record, device, known -> facts = known);
            if (prepared == null) {
                result.complete(new Finding.SampledOut(facts));
                return;
            }
            Subject subject = prepared.subject();
            CompletableFuture<Batched<Attribution>> submitted = subject.model().submit(prepared.request());
            onDevice = submitted;
            if (result.isCancelled()) {
                submitted.cancel(false);
            }
            var unused = submitted.whenComplete((attribution, failure) -> {
                if (failure == null) {
                    result.complete(new Finding.Attributed(subject, attribution));
                } else {
                    result.completeExceptionally(failure);
                }
            });
        } catch (Throwable e) {
            result.completeExceptionally(e);
        }
    }
}
