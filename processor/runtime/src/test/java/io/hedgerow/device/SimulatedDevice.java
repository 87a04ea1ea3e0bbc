package io.hedgerow.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;

/** Doubles numbers, remembers its batches, and stops before each batch while its gate is shut. */
final class SimulatedDevice implements BatchFunction<Integer, Integer> {
    final List<List<Integer>> batches = new CopyOnWriteArrayList<>();
    private final Semaphore gate = new Semaphore(0);
    private final Set<Integer> bad;

    SimulatedDevice(Set<Integer> bad) {
        this.bad = bad;
    }

    SimulatedDevice() {
        this(Set.of());
    }

    @Override
    public List<Integer> apply(List<Integer> requests) {
        batches.add(List.copyOf(requests));
        gate.acquireUninterruptibly();
        gate.release();
        List<Integer> results = new ArrayList<>();
        for (int request : requests) {
            if (bad.contains(request)) {
                throw new IllegalArgumentException("bad number in a batch of " + requests.size());
            }
            results.add(2 * request);
        }
        return results;
    }

    void open() {
        gate.release();
    }
}
