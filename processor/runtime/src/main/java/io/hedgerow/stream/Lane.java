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
public final class Lane {
    static final Duration COMMIT_PAUSE = Duration.ofMillis(100);

    private final DevicePool devices;
    private final Preparation preparation;
    private final BiConsumer<Explainer, List<Job>> decoders;
    private final Map<TopicPartition, ArrayDeque<Job>> jobs = new HashMap<>();
    private Explainer device;
    private long lastCommit;

    Lane(DevicePool devices, Preparation preparation, BiConsumer<Explainer, List<Job>> decoders) {
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
        List<Job> begun = new ArrayList<>(records.count());
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

    /** The job of a record: the one begun ahead, which is no longer held here, or else a new one. */
    Job take(InputRecord record) {
        ArrayDeque<Job> waiting = jobs.get(record.partition());
        Job next = waiting == null ? null : takeUpTo(record.offset(), waiting);
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
        for (ArrayDeque<Job> waiting : jobs.values()) {
            if (!waiting.isEmpty()) {
                return false;
            }
        }
        lastCommit = now;
        return true;
    }

    /** Starts on a record. */
    public Job start(InputRecord record) {
        Job job = job(record);
        decoders.accept(device, List.of(job));
        return job;
    }

    /** Drops what is in flight for partition number {@code partition} of any topic: the task no longer is this thread's. */
    void cancel(int partition) {
        jobs.forEach((topicPartition, waiting) -> {
            if (topicPartition.partition() == partition) {
                cancelAll(waiting);
            }
        });
    }

    /** Drops all that is in flight, and leaves the device. */
    void close() {
        jobs.values().forEach(Lane::cancelAll);
        devices.unbind(device);
    }

    private Job begin(ConsumerRecord<byte[], byte[]> record) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        ArrayDeque<Job> waiting = jobs.computeIfAbsent(partition, key -> new ArrayDeque<>());
        if (!waiting.isEmpty() && waiting.getLast().offset() >= record.offset()) {
            // The consumer went back: what was ahead will come again.
            cancelAll(waiting);
        }
        Job job = job(new InputRecord(partition, record.offset(), record.value(), record.headers()));
        waiting.add(job);
        return job;
    }

    private Job job(InputRecord record) {
        return new Job(record, device, preparation);
    }

    private static @Nullable Job takeUpTo(long offset, ArrayDeque<Job> waiting) {
        while (!waiting.isEmpty() && waiting.getFirst().offset() < offset) {
            waiting.removeFirst().cancel();
        }
        boolean found = !waiting.isEmpty() && waiting.getFirst().offset() == offset;
        return found ? waiting.removeFirst() : null;
    }

    private static void cancelAll(ArrayDeque<Job> waiting) {
        waiting.forEach(Job::cancel);
        waiting.clear();
    }
}
