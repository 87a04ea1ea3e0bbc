package io.hedgerow.stream;

import io.hedgerow.event.Preparation;
import io.hedgerow.models.Explainer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/**
 * Begins to explain records when they are polled, long before Streams hands them to the processor one by one: only so does
 * a device get batches. Each stream thread has {@link InFlightRecords} of its own.
 *
 * <p>Thread-safe: what belongs to one thread is touched by that thread only.
 */
public final class LookAhead {
    private final DevicePool devices;
    private final Preparation preparation;
    private final BiConsumer<Explainer, List<PendingExplanation>> decoders;
    private final Map<Thread, InFlightRecords> threads = new ConcurrentHashMap<>();

    LookAhead(DevicePool devices, Preparation preparation, BiConsumer<Explainer, List<PendingExplanation>> decoders) {
        this.devices = devices;
        this.preparation = preparation;
        this.decoders = decoders;
    }

    /** Begins to explain records for the calling stream thread. */
    void offer(ConsumerRecords<byte[], byte[]> records) {
        inFlight().offer(records);
    }

    /** The calling stream thread's records in flight. */
    public InFlightRecords inFlight() {
        return threads.computeIfAbsent(
                Thread.currentThread(), thread -> new InFlightRecords(devices, preparation, decoders));
    }

    /** Drops what is in flight for the calling stream thread, which ends, and frees its place on the device. */
    public void leave() {
        InFlightRecords inFlight = threads.remove(Thread.currentThread());
        if (inFlight != null) {
            inFlight.close();
        }
    }
}
