package io.hedgerow.topology;

import io.hedgerow.explain.Explainer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/**
 * Begins to explain records when they are polled, long before Streams hands them to the processor one by one: only so does
 * a device get batches. Each stream thread has a {@link Lane} of its own, bound to the device with the fewest threads.
 *
 * <p>Thread-safe: what belongs to one thread is touched by that thread only.
 */
final class LookAhead {
    private final List<? extends Explainer> devices;
    private final int[] threads;
    private final Preparation preparation;
    private final Executor decoders;
    private final Map<Thread, Lane> lanes = new ConcurrentHashMap<>();

    LookAhead(List<? extends Explainer> devices, Preparation preparation, Executor decoders) {
        if (devices.isEmpty()) {
            throw new IllegalArgumentException("no device to explain on");
        }
        this.devices = List.copyOf(devices);
        this.threads = new int[devices.size()];
        this.preparation = preparation;
        this.decoders = decoders;
    }

    /** Begins to explain records for the calling stream thread. */
    void offer(ConsumerRecords<byte[], byte[]> records) {
        lane().offer(records);
    }

    /** The calling stream thread's records in flight. */
    Lane lane() {
        return lanes.computeIfAbsent(Thread.currentThread(), thread -> new Lane(bind(), preparation, decoders));
    }

    /** Drops what is in flight for the calling stream thread, which ends, and frees its place on the device. */
    void leave() {
        Lane lane = lanes.remove(Thread.currentThread());
        if (lane != null) {
            lane.cancel();
            unbind(lane.device());
        }
    }

    private synchronized Explainer bind() {
        int least = 0;
        for (int i = 1; i < threads.length; i++) {
            least = threads[i] < threads[least] ? i : least;
        }
        threads[least]++;
        return devices.get(least);
    }

    private synchronized void unbind(Explainer device) {
        threads[devices.indexOf(device)]--;
    }
}
