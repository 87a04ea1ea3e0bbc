package io.hedgerow.device;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Batches as a device computes them: within their time limit, halved where memory is short, split where some of their requests are
 * at fault. For the device's thread, but for {@link #failWaiting}.
 */
final class BatchRunner<Q, R> {
    private final String device;
    private final BatchFunction<Q, R> function;
    private final Duration timeLimit;
    private final JobQueue<BatchJob<Q, R>> queue;
    private final DeviceWatch watch;
    private final BatchSize size;
    private final InstantSource clock;

    /** Takes the jobs that fail together with a device, what is told how it is, and what knows how large batches may be. */
    BatchRunner(
            String device,
            BatchFunction<Q, R> function,
            Duration timeLimit,
            JobQueue<BatchJob<Q, R>> queue,
            DeviceWatch watch,
            BatchSize size,
            InstantSource clock) {
        this.device = device;
        this.function = function;
        this.timeLimit = timeLimit;
        this.queue = queue;
        this.watch = watch;
        this.size = size;
        this.clock = clock;
    }

    /** Computes jobs, in as many batches as it takes; those that are done or cancelled are left out. */
    void compute(List<BatchJob<Q, R>> jobs) {
        List<BatchJob<Q, R>> batch =
                jobs.stream().filter(job -> !job.future().isDone()).toList();
        if (batch.isEmpty()) {
            return;
        }
        DeviceException refusal = watch.refusal();
        if (refusal != null) {
            batch.forEach(job -> job.fail(refusal));
            return;
        }
        int most = size.current();
        if (batch.size() > most) {
            compute(batch.subList(0, most));
            compute(batch.subList(most, batch.size()));
            return;
        }
        Throwable failure = call(batch);
        if (failure instanceof DeviceMemoryException && batch.size() > 1) {
            watch.halved();
            size.halve(batch.size());
            compute(batch);
        } else if (failure instanceof DeviceException lost) {
            watch.failed(String.valueOf(lost.getMessage()));
            // First, or what whoever sees the batch fail submits next would fail too.
            failWaiting(lost);
            batch.forEach(job -> job.fail(lost));
        } else if (failure != null) {
            watch.answered();
            if (batch.size() == 1) {
                batch.get(0).fail(failure);
            } else {
                compute(batch.subList(0, batch.size() / 2));
                compute(batch.subList(batch.size() / 2, batch.size()));
            }
        }
    }

    /** Calls the function within the time limit, which starts now, and completes the jobs unless it fails. */
    private @Nullable Throwable call(List<BatchJob<Q, R>> batch) {
        CompletableFuture<Void> current = new CompletableFuture<>();
        watch.began(current);
        Instant began = clock.instant();
        var unused = current.orTimeout(timeLimit.toNanos(), TimeUnit.NANOSECONDS)
                .exceptionally(timeout -> {
                    String detail = "did not finish a batch of %d within %s".formatted(batch.size(), timeLimit);
                    if (watch.hung(current, began, detail)) {
                        DeviceTimeoutException hung = new DeviceTimeoutException("device " + device + " " + detail);
                        failWaiting(hung);
                        batch.forEach(job -> job.fail(hung));
                    }
                    return null;
                });
        long start = System.nanoTime();
        try {
            List<R> results =
                    function.apply(batch.stream().map(BatchJob::request).toList());
            long end = System.nanoTime();
            if (results.size() != batch.size()) {
                throw new IllegalStateException(
                        "%d results for a batch of %d on device %s".formatted(results.size(), batch.size(), device));
            }
            // First: whoever has a result finds the device up.
            watch.answered();
            for (int i = 0; i < batch.size(); i++) {
                BatchJob<Q, R> job = batch.get(i);
                job.future()
                        .complete(
                                new Batched<>(results.get(i), batch.size(), start - job.submitted(), end - start, end));
            }
            return null;
        } catch (Throwable e) {
            return e;
        } finally {
            current.complete(null);
            watch.ended();
        }
    }

    /** Fails all jobs that wait; for any thread. */
    void failWaiting(DeviceException reason) {
        queue.removeAll().forEach(job -> job.fail(reason));
    }
}
