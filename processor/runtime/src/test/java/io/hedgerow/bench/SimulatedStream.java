package io.hedgerow.bench;

import io.hedgerow.bench.BatchLog.Batch;
import io.hedgerow.device.Batched;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A run of one device behind stream threads that read ahead, take results in order and commit now and then, in simulated time:
 * steps of a tenth of a millisecond.
 */
final class SimulatedStream {
    /** What a run is like; times in steps. */
    record Pace(int perBatch, double perImage, int threads, int poll, double perRecord, int commit) {
        double mostPerSecond() {
            return BATCH * STEPS_A_SECOND / (perBatch + BATCH * perImage);
        }
    }

    private static final int BATCH = 32;
    private static final double STEPS_A_SECOND = 10_000;
    private static final long STEP = 100_000;
    private static final int COMMIT_INTERVAL = 4_000;

    /** A stream thread. */
    private static final class Worker {
        int left;
        int submitted;
        int computed;
        int processed;
        int committed;
        double freeAt;
        long commitsUntil = -1;
        long lastCommit;
    }

    private final Pace pace;
    private final Random random;
    private final List<Worker> workers = new ArrayList<>();
    private final ArrayDeque<Worker> queue = new ArrayDeque<>();
    private final List<Worker> batch = new ArrayList<>();
    private final BatchLog log = new BatchLog();
    private final List<long[]> visible = new ArrayList<>();
    private double batchBegan;
    private double batchEnds;

    SimulatedStream(Pace pace, int images, long seed) {
        this.pace = pace;
        this.random = new Random(seed);
        for (int i = 0; i < pace.threads(); i++) {
            Worker worker = new Worker();
            worker.left = images / pace.threads();
            worker.freeAt = random.nextInt(COMMIT_INTERVAL);
            worker.lastCommit = (long) worker.freeAt;
            workers.add(worker);
        }
        int total = workers.stream().mapToInt(worker -> worker.left).sum();
        for (long step = 0; seen() < total; step++) {
            device(step);
            for (Worker worker : workers) {
                step(worker, step);
            }
        }
    }

    /** What is measured: the device's batches from when the first explanation was visible. */
    DeviceRate measured() {
        return DeviceRate.of(List.of(log.batches()), visible.get(0)[0]);
    }

    List<Batch> batches() {
        return log.batches();
    }

    /** Explanations a second as they became visible, between whole commits; exact if there were very many. */
    double visiblePerSecond() {
        long[] first = visible.get(visible.size() / 10);
        long[] last = visible.get(visible.size() * 9 / 10);
        return (last[1] - first[1]) * 1e9 / (last[0] - first[0]);
    }

    private long seen() {
        return visible.isEmpty() ? 0 : visible.get(visible.size() - 1)[1];
    }

    private void device(long step) {
        if (!batch.isEmpty() && step >= batchEnds) {
            long nanos = (long) ((batchEnds - batchBegan) * STEP);
            for (Worker worker : batch) {
                worker.computed++;
                log.add(new Batched<>("", batch.size(), 0, nanos, (long) (batchEnds * STEP)));
            }
            batch.clear();
            batchBegan = batchEnds;
        }
        if (batch.isEmpty() && !queue.isEmpty()) {
            while (batch.size() < BATCH && !queue.isEmpty()) {
                batch.add(queue.remove());
            }
            // A device with work in hand goes on at once, not at the next step.
            batchBegan = Math.max(batchBegan, step - 1);
            batchEnds = batchBegan + pace.perBatch() + batch.size() * pace.perImage();
        }
    }

    private void step(Worker worker, long step) {
        if (worker.commitsUntil >= 0) {
            if (step < worker.commitsUntil) {
                return;
            }
            visible.add(new long[] {step * STEP, seen() + worker.processed - worker.committed});
            worker.committed = worker.processed;
            worker.commitsUntil = -1;
            worker.lastCommit = step;
            worker.freeAt = step;
        }
        if (step >= worker.freeAt && worker.submitted - worker.processed < pace.poll()) {
            for (int i = 0; i < pace.poll() && worker.left > 0; i++) {
                queue.add(worker);
                worker.left--;
                worker.submitted++;
            }
        }
        while (worker.computed > worker.processed && step >= worker.freeAt) {
            worker.processed++;
            worker.freeAt = Math.max(worker.freeAt, step - 1) + pace.perRecord();
        }
        boolean isDone = worker.left == 0 && worker.processed == worker.submitted;
        boolean isDue = step - worker.lastCommit >= COMMIT_INTERVAL || isDone;
        if (isDue && worker.processed > worker.committed) {
            worker.commitsUntil = step + pace.commit() + random.nextInt(1 + pace.commit());
        }
    }
}
