package io.hedgerow.device;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * First-in-first-out queue bounded by a count and by bytes, read a batch at a time. Thread-safe; for one reader.
 *
 * @param <J> job
 */
final class JobQueue<J> {
    // RATIONALE: Why do a trial's copies overtake what waits for the device?
    private record Entry<J>(J job, long bytes) {}

    private final int capacity;
    private final long byteBudget;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition added = lock.newCondition();
    private final Condition removed = lock.newCondition();
    private final ArrayDeque<Entry<J>> entries = new ArrayDeque<>();
    private long bytes;
    private boolean closed;

    JobQueue(int capacity, long byteBudget) {
        this.capacity = capacity;
        this.byteBudget = byteBudget;
    }

    /**
     * Adds a job, waiting for room. A job over the whole byte budget is let in when the queue is empty.
     *
     * @return false if there was no room within {@code patience}
     * @throws RejectedExecutionException if the queue is closed
     */
    boolean put(J job, long jobBytes, Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = patience.toNanos();
            while (!closed && !hasRoom(jobBytes)) {
                if (left <= 0) {
                    return false;
                }
                left = removed.awaitNanos(left);
            }
            if (closed) {
                throw new RejectedExecutionException("closed");
            }
            entries.add(new Entry<>(job, jobBytes));
            bytes += jobBytes;
            added.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Adds a job before all others, whether or not there is room.
     *
     * @return false if the queue is closed
     */
    boolean putFirst(J job, long jobBytes) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            entries.addFirst(new Entry<>(job, jobBytes));
            bytes += jobBytes;
            added.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Moves up to {@code max} jobs into {@code batch}: waits for the first one as long as it takes, for more until
     * {@code linger} has passed since.
     *
     * @return false if the queue is closed and empty
     */
    boolean take(Collection<J> batch, int max, Duration linger) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (entries.isEmpty() && !closed) {
                added.await();
            }
            long left = linger.toNanos();
            drain(batch, max);
            while (batch.size() < max && left > 0 && !closed) {
                left = added.awaitNanos(left);
                drain(batch, max);
            }
            return !batch.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Empties the queue. */
    List<J> removeAll() {
        lock.lock();
        try {
            List<J> jobs = new ArrayList<>(entries.size());
            drain(jobs, Integer.MAX_VALUE);
            return jobs;
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return entries.size();
        } finally {
            lock.unlock();
        }
    }

    /** Lets nothing in from now on; what is there can still be taken. */
    void close() {
        lock.lock();
        try {
            closed = true;
            added.signalAll();
            removed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean hasRoom(long jobBytes) {
        return entries.isEmpty() || (entries.size() < capacity && bytes + jobBytes <= byteBudget);
    }

    private void drain(Collection<J> jobs, int max) {
        boolean any = false;
        while (jobs.size() < max && !entries.isEmpty()) {
            Entry<J> entry = entries.remove();
            bytes -= entry.bytes();
            jobs.add(entry.job());
            any = true;
        }
        if (any) {
            removed.signalAll();
        }
    }
}
