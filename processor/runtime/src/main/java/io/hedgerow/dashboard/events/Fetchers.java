package io.hedgerow.dashboard.events;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;

/** Threads that fetch, each with a consumer of its own, over a bounded queue. Safe for use by several threads. */
final class Fetchers implements AutoCloseable {
    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Supplier<Consumer<byte[], byte[]>> connect;
    private final ThreadPoolExecutor threads;
    private final Deque<RecordFetcher> spare = new ArrayDeque<>();

    /**
     * Prepares.
     *
     * @param connect makes a consumer without a group that reads what is committed
     * @param queue fetches that may wait
     */
    Fetchers(String name, Supplier<Consumer<byte[], byte[]>> connect, int most, int queue) {
        this.connect = connect;
        AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                most, most, IDLE.toSeconds(), TimeUnit.SECONDS, new ArrayBlockingQueue<>(queue), task -> {
                    Thread thread = new Thread(task, "hedgerow-dashboard-" + name + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Fetches on one of the threads.
     *
     * @return what was fetched; fails with {@link BusyException} if too much is under way
     */
    <T> CompletableFuture<T> fetch(Function<RecordFetcher, T> what) {
        return run(() -> with(what));
    }

    /** Computes on one of the threads. */
    <T> CompletableFuture<T> run(Supplier<T> what) {
        try {
            return CompletableFuture.supplyAsync(what, threads);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(new BusyException());
        }
    }

    /** The threads, for what follows a fetch. */
    Executor threads() {
        return threads;
    }

    @Override
    public void close() throws InterruptedException {
        threads.shutdownNow();
        if (threads.awaitTermination(GRACE.toSeconds(), TimeUnit.SECONDS)) {
            synchronized (spare) {
                spare.forEach(RecordFetcher::close);
                spare.clear();
            }
        }
    }

    private <T> T with(Function<RecordFetcher, T> what) {
        RecordFetcher fetcher = borrow();
        boolean well = false;
        try {
            T result = what.apply(fetcher);
            well = true;
            return result;
        } catch (KafkaException e) {
            throw new UnreachableException(e);
        } finally {
            if (well) {
                giveBack(fetcher);
            } else {
                fetcher.close();
            }
        }
    }

    private RecordFetcher borrow() {
        synchronized (spare) {
            RecordFetcher fetcher = spare.poll();
            if (fetcher != null) {
                return fetcher;
            }
        }
        return new RecordFetcher(connect.get());
    }

    private void giveBack(RecordFetcher fetcher) {
        synchronized (spare) {
            spare.push(fetcher);
        }
    }
}
