package io.hedgerow.stream;

import io.hedgerow.models.Explainer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A few threads for each device that decode what it will explain. They wait while the device's queue is full; as each device
 * has its own, a slow one holds up no other. Thread-safe.
 */
final class Decoders implements AutoCloseable {
    private final Map<Explainer, ExecutorService> pools = new HashMap<>();
    private final Map<Explainer, AtomicInteger> waiting = new HashMap<>();

    /** Takes how many threads each device gets. */
    Decoders(List<? extends Explainer> devices, int threads) {
        for (Explainer device : devices) {
            waiting.put(device, new AtomicInteger());
            AtomicInteger number = new AtomicInteger();
            pools.put(device, Executors.newFixedThreadPool(threads, work -> {
                String name = "hedgerow-decoder-" + device.device() + "-" + number.incrementAndGet();
                Thread thread = new Thread(work, name);
                thread.setDaemon(true);
                return thread;
            }));
        }
    }

    /**
     * Puts explanations behind all others of their device, in one piece: of stream threads whose records are mixed all would be through
     * at the same time, and the device idle while all poll.
     */
    void begin(Explainer device, List<PendingExplanation> pending) {
        ExecutorService pool = pools.get(device);
        if (pool == null) {
            throw new IllegalArgumentException(device.device() + " is none of the devices");
        }
        AtomicInteger count = waiting.getOrDefault(device, new AtomicInteger());
        count.addAndGet(pending.size());
        for (PendingExplanation explanation : pending) {
            var unused = explanation.result().whenComplete((finding, failure) -> count.decrementAndGet());
        }
        synchronized (pool) {
            pending.forEach(pool::execute);
        }
    }

    /** Has a meter for each device's explanations that are neither done nor given up. */
    void bind(MeterRegistry meters) {
        waiting.forEach((device, count) -> Gauge.builder("hedgerow.read.ahead", count, AtomicInteger::get)
                .description("Records read that wait for their device, or are being decoded or computed")
                .baseUnit("records")
                .tag("device", device.device())
                .register(meters));
    }

    /** Stops decoding; whatever still waits for it fails its task. */
    @Override
    public void close() {
        for (ExecutorService pool : pools.values()) {
            pool.shutdownNow().forEach(explanation -> ((PendingExplanation) explanation).cancel());
        }
    }
}
