package io.hedgerow.device;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.ToLongFunction;

/**
 * Dynamic batching for one device: requests of many threads are computed together by one thread, in the order of their
 * submission. A batch starts when it is full or its first request has waited for the linger time.
 *
 * <ul>
 *   <li>Submission blocks while the queue is full (back-pressure), for at most the time that a batch may take.
 *   <li>A batch that fails is split and tried again, so that only the requests at fault fail.
 *   <li>A batch that is too much for the device's memory is halved and tried again, and so are the following ones for a
 *       while; only if a single request is too much does the device count as failed.
 *   <li>If the device fails, the batch and all that waits fail with it; the device is tried again by what is submitted after
 *       a pause, which doubles each time.
 *   <li>A request whose future was cancelled before its batch starts is skipped.
 *   <li>If a batch exceeds its time limit the device counts as hung: the batch, all that waits and all that is submitted
 *       until the device answers again fail at once with {@link DeviceTimeoutException}.
 * </ul>
 *
 * <p>Thread-safe. Actions chained to a future without an executor run on the device's thread and must be short.
 *
 * @param <Q> request
 * @param <R> result
 */
public final class Batcher<Q, R> implements AutoCloseable {
    private final String device;
    private final ToLongFunction<Q> bytes;
    private final BatchLimits limits;
    private final JobQueue<BatchJob<Q, R>> queue;
    private final DeviceWatch watch;
    private final BatchSize size;
    private final BatchRunner<Q, R> runner;
    private final Thread thread;

    /**
     * Starts the device's thread.
     *
     * @param device name of the device, for the thread and for messages
     * @param function computes a batch
     * @param bytes memory that a waiting request holds
     * @param limits sizes and times
     */
    public Batcher(String device, BatchFunction<Q, R> function, ToLongFunction<Q> bytes, BatchLimits limits) {
        this(device, function, bytes, limits, InstantSource.system());
    }

    Batcher(
            String device,
            BatchFunction<Q, R> function,
            ToLongFunction<Q> bytes,
            BatchLimits limits,
            InstantSource clock) {
        this.device = device;
        this.bytes = bytes;
        this.limits = limits;
        this.queue = new JobQueue<>(limits.queue(), limits.queueBytes());
        this.watch = new DeviceWatch(device, clock);
        this.size = new BatchSize(limits.size(), clock);
        this.runner = new BatchRunner<>(device, function, limits.timeLimit(), queue, watch, size, clock);
        this.thread = new Thread(this::run, "hedgerow-device-" + device);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Submits a request.
     *
     * @return completes with the result, or with the function's exception, {@link DeviceException}, or
     *     {@link RejectedExecutionException} if the batcher is closed or the calling thread is interrupted
     */
    public CompletableFuture<Batched<R>> submit(Q request) {
        BatchJob<Q, R> job = new BatchJob<>(request);
        DeviceException refusal = watch.refusal();
        if (refusal != null) {
            job.fail(refusal);
            return job.future();
        }
        try {
            if (!queue.put(job, bytes.applyAsLong(request), limits.timeLimit())) {
                job.fail(new DeviceTimeoutException(
                        "device %s took no request for %s".formatted(device, limits.timeLimit())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            job.fail(new RejectedExecutionException("interrupted while waiting for device " + device, e));
        } catch (RejectedExecutionException e) {
            job.fail(new RejectedExecutionException("device " + device + " is closed", e));
        }
        refusal = watch.refusal();
        if (refusal != null) {
            // The queue may have been emptied just before the job came in.
            runner.failWaiting(refusal);
        }
        return job.future();
    }

    /**
     * Submits a request ahead of all that waits, whether or not there is room: never blocks, so that whoever has a result may ask
     * further on the device's own thread, which must not wait for itself. A few for each batch at most.
     *
     * @return completes as that of {@link #submit} does
     */
    public CompletableFuture<Batched<R>> submitNext(Q request) {
        BatchJob<Q, R> job = new BatchJob<>(request);
        DeviceException refusal = watch.refusal();
        if (refusal != null) {
            job.fail(refusal);
        } else if (!queue.putFirst(job, bytes.applyAsLong(request))) {
            job.fail(new RejectedExecutionException("device " + device + " is closed"));
        }
        refusal = watch.refusal();
        if (refusal != null) {
            runner.failWaiting(refusal);
        }
        return job.future();
    }

    /** Requests that wait for a batch. */
    public int queued() {
        return queue.size();
    }

    /** Makes batches of at most so many requests from now on, at most as many as wait at once. */
    public void limit(int requests) {
        size.want(Math.min(requests, limits.queue()));
    }

    /** How the device is. */
    public DeviceHealth health() {
        return watch.health();
    }

    /** Whether a batch exceeds its time limit right now. */
    public boolean isHung() {
        return watch.health().state() == DeviceHealth.State.HUNG;
    }

    /**
     * Refuses new requests, computes those that wait, and returns when the device's thread has ended; a hung device is
     * given one more time limit. Returns early, with the interrupt status set, if interrupted.
     */
    @Override
    public void close() {
        queue.close();
        try {
            while (thread.isAlive() && !isHung()) {
                thread.join(20);
            }
            thread.join(limits.timeLimit().toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        List<BatchJob<Q, R>> batch = new ArrayList<>(limits.size());
        try {
            while (queue.take(batch, size.current(), limits.linger())) {
                runner.compute(batch);
                batch.clear();
            }
        } catch (InterruptedException e) {
            queue.close();
            runner.failWaiting(new DeviceException("the thread of device " + device + " was interrupted"));
        }
    }
}
