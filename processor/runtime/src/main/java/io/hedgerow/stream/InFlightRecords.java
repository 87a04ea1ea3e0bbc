package io.hedgerow.stream;

import io.hedgerow.event.InputRecord;
import io.hedgerow.event.Preparation;
import io.hedgerow.models.Explainer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** One stream thread's records in flight on its device, by partition in the order of their offsets. Single-threaded. */
public final class InFlightRecords {
    static final Duration COMMIT_PAUSE = Duration.ofMillis(100);

    private final DevicePool devices;
    private final Preparation preparation;
    private final BiConsumer<Explainer, List<PendingExplanation>> decoders;
    private final Map<TopicPartition, ArrayDeque<PendingExplanation>> pending = new HashMap<>();
    private Explainer device;
    private long lastCommit;

    InFlightRecords(
            DevicePool devices, Preparation preparation, BiConsumer<Explainer, List<PendingExplanation>> decoders) {
        this.devices = devices;
        this.device = devices.bind();
        this.preparation = preparation;
        this.decoders = decoders;
    }

    Explainer device() {
        return device;
    }

    /** Starts on all of {@code records}, taking turns among their partitions as Streams will. */
    void offer(ConsumerRecords<byte[], byte[]> records) {
        device = devices.rebind(device);
        List<PendingExplanation> begun = new ArrayList<>(records.count());
        List<Iterator<ConsumerRecord<byte[], byte[]>>> partitions = new ArrayList<>();
        for (TopicPartition partition : records.partitions()) {
            partitions.add(records.records(partition).iterator());
        }
        while (!partitions.isEmpty()) {
            for (Iterator<Iterator<ConsumerRecord<byte[], byte[]>>> turns = partitions.iterator(); turns.hasNext(); ) {
                Iterator<ConsumerRecord<byte[], byte[]>> partition = turns.next();
                if (partition.hasNext()) {
                    begun.add(begin(partition.next()));
                } else {
                    turns.remove();
                }
            }
        }
        decoders.accept(device, begun);
    }

    /** The explanation of a record: the one begun ahead, which is no longer held here, or else a new one. */
    PendingExplanation take(InputRecord record) {
        ArrayDeque<PendingExplanation> waiting = pending.get(record.partition());
        PendingExplanation next = waiting == null ? null : takeUpTo(record.offset(), waiting);
        return next == null ? start(record) : next;
    }

    /**
     * Whether to ask for a commit: when nothing waits to be taken, and not more often than {@link #COMMIT_PAUSE}, since
     * transactions take the processor from explaining.
     *
     * @param now in milliseconds
     */
    boolean admitsCommit(long now) {
        if (now - lastCommit < COMMIT_PAUSE.toMillis()) {
            return false;
        }
        for (ArrayDeque<PendingExplanation> waiting : pending.values()) {
            if (!waiting.isEmpty()) {
                return false;
            }
        }
        lastCommit = now;
        return true;
    }

    /** Starts on a record. */
    public PendingExplanation start(InputRecord record) {
        PendingExplanation explanation = explanation(record);
        decoders.accept(device, List.of(explanation));
        return explanation;
    }

    /** Drops what is in flight for partition number {@code partition} of any topic: the task no longer is this thread's. */
    void cancel(int partition) {
        pending.forEach((topicPartition, waiting) -> {
            if (topicPartition.partition() == partition) {
                cancelAll(waiting);
            }
        });
    }

    /** Drops all that is in flight, and leaves the device. */
    void close() {
        pending.values().forEach(InFlightRecords::cancelAll);
        devices.unbind(device);
    }

    private PendingExplanation begin(ConsumerRecord<byte[], byte[]> record) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        ArrayDeque<PendingExplanation> waiting = pending.computeIfAbsent(partition, key -> new ArrayDeque<>());
        if (!waiting.isEmpty() && waiting.getLast().offset() >= record.offset()) {
            // The consumer went back: what was ahead will come again.
            cancelAll(waiting);
        }
        PendingExplanation explanation =
                explanation(new InputRecord(partition, record.offset(), record.value(), record.headers()));
        waiting.add(explanation);
        return explanation;
    }

    private PendingExplanation explanation(InputRecord record) {
        return new PendingExplanation(record, device, preparation);
    }

    private static @Nullable PendingExplanation takeUpTo(long offset, ArrayDeque<PendingExplanation> waiting) {
        while (!waiting.isEmpty() && waiting.getFirst().offset() < offset) {
            waiting.removeFirst().cancel();
        }
        boolean found = !waiting.isEmpty() && waiting.getFirst().offset() == offset;
        return found ? waiting.removeFirst() : null;
    }

    private static void cancelAll(ArrayDeque<PendingExplanation> waiting) {
        waiting.forEach(PendingExplanation::cancel);
        waiting.clear();
    }
}
