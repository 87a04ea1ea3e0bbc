package io.hedgerow.stream;

import io.hedgerow.compiler.runtime.Attribution;
import io.hedgerow.device.Batched;
import io.hedgerow.device.DeviceException;
import io.hedgerow.event.EventFacts;
import io.hedgerow.event.Finding;
import io.hedgerow.event.InputRecord;
import io.hedgerow.event.Preparation;
import io.hedgerow.event.Prepared;
import io.hedgerow.event.RejectedRecordException;
import io.hedgerow.event.Subject;
import io.hedgerow.faithfulness.BlurTrial;
import io.hedgerow.faithfulness.Faithfulness;
import io.hedgerow.models.Explainer;
import io.hedgerow.serde.RegistryRefusedException;
import io.hedgerow.serde.RegistryUnavailableException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One record on its way through a decoder's thread and the device. Cancelling it skips whatever has not begun. */
public final class PendingExplanation implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(PendingExplanation.class);

    private final InputRecord record;
    private final Explainer device;
    private final Preparation preparation;
    private final CompletableFuture<Finding> result = new CompletableFuture<>();
    private volatile @Nullable Future<?> onDevice;

    PendingExplanation(InputRecord record, Explainer device, Preparation preparation) {
        this.record = record;
        this.device = device;
        this.preparation = preparation;
    }

    long offset() {
        return record.offset();
    }

    /** Completes with what became of the record, or with what was thrown that is no fault of the record's. */
    public CompletableFuture<Finding> result() {
        return result;
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
            Prepared prepared = preparation.prepare(record, device);
            if (prepared instanceof Prepared.Settled settled) {
                result.complete(settled.finding());
            } else if (prepared instanceof Prepared.Request request) {
                submit(request);
            }
        } catch (Throwable e) {
            fail(e, null);
        }
    }

    private void submit(Prepared.Request request) {
        Subject subject = request.subject();
        try {
            CompletableFuture<Batched<Attribution>> submitted = subject.model().submit(request.request());
            onDevice = submitted;
            if (result.isCancelled()) {
                submitted.cancel(false);
            }
            var unused = submitted.whenComplete((attribution, failure) -> {
                if (failure == null) {
                    explained(subject, attribution, request.trial());
                } else {
                    fail(failure, subject.event());
                }
            });
        } catch (Throwable e) {
            fail(e, subject.event());
        }
    }

    /** Runs on the device's thread. What becomes of a trial changes nothing else about the explanation. */
    private void explained(Subject subject, Batched<Attribution> attribution, @Nullable BlurTrial trial) {
        if (trial == null || result.isDone()) {
            result.complete(new Finding.Explained(subject, attribution, null));
            return;
        }
        CompletableFuture<Optional<Faithfulness>> tried;
        try {
            tried = trial.run(subject.model(), attribution.value());
        } catch (RuntimeException e) {
            tried = CompletableFuture.failedFuture(e);
        }
        var unused = tried.whenComplete((faithfulness, failure) -> {
            if (failure != null) {
                LOG.debug(
                        "Evidence of event {} was not put to trial",
                        subject.event().id(),
                        failure);
            }
            result.complete(
                    new Finding.Explained(subject, attribution, failure == null ? faithfulness.orElse(null) : null));
        });
    }

    /** Takes what is neither the device's fault nor the registry's for the record's. */
    private void fail(Throwable failure, @Nullable EventFacts event) {
        if (failure instanceof Error
                || failure instanceof DeviceException
                || failure instanceof RejectedExecutionException
                || failure instanceof CancellationException
                || failure instanceof RegistryUnavailableException
                || failure instanceof RegistryRefusedException) {
            result.completeExceptionally(failure);
        } else {
            result.complete(new Finding.Rejected(RejectedRecordException.unexplainable(failure), event));
        }
    }
}
