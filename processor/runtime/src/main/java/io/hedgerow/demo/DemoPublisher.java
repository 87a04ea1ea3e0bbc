package io.hedgerow.demo;

import io.hedgerow.PredictionEvent;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Publishes a {@link DemoStream} at a steady rate, or as fast as parts can be drawn if that is slower. */
public final class DemoPublisher {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Producer<String, PredictionEvent> producer;
    private final String topic;
    private final double rate;

    /**
     * Takes a producer that stays the caller's to close.
     *
     * @param rate events a second, above 0
     */
    public DemoPublisher(Producer<String, PredictionEvent> producer, String topic, double rate) {
        if (!(rate > 0)) {
            throw new IllegalArgumentException("rate must be above 0 events a second, not " + rate);
        }
        this.producer = producer;
        this.topic = topic;
        this.rate = rate;
    }

    /**
     * Sends the stream's first events, keyed by their ids, until all are sent or the thread is interrupted (its
     * interrupt status stays set), and returns when the broker has what was sent.
     *
     * @param count how many events at most
     * @param progress told of each event once it is handed to the producer
     * @return how many were sent
     * @throws KafkaException if one could not be delivered
     */
    public long publish(DemoStream stream, long count, Consumer<DemoEvent> progress) {
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        long start = System.nanoTime();
        long sent = 0;
        while (sent < count && failure.get() == null && due(start + (long) (sent / rate * NANOS_PER_SECOND))) {
            DemoEvent next = stream.event(sent);
            PredictionEvent event = next.event();
            Future<RecordMetadata> ignored = producer.send(
                    new ProducerRecord<>(topic, null, event.getTime().toEpochMilli(), event.getId(), event),
                    (metadata, error) -> failure.compareAndSet(null, error));
            sent++;
            progress.accept(next);
        }
        flush();
        Exception error = failure.get();
        if (error != null) {
            throw new KafkaException("can't publish to topic " + topic + ": " + error.getMessage(), error);
        }
        return sent;
    }

    /** A producer's flush gives up at once on a thread that is interrupted. */
    private void flush() {
        boolean interrupted = Thread.interrupted();
        try {
            producer.flush();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits for a time of {@link System#nanoTime()}; false if interrupted. */
    private static boolean due(long nanos) {
        while (nanos - System.nanoTime() > 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(nanos - System.nanoTime());
        }
        return !Thread.currentThread().isInterrupted();
    }
}
