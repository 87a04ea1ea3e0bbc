package io.hedgerow.dashboard.events;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** Fetches single records. Belongs to one thread. */
final class RecordFetcher implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Consumer<byte[], byte[]> consumer;

    /** Offsets of a partition, {@code to} not among them. */
    record Range(TopicPartition partition, long from, long to) {
        long size() {
            return Math.max(0, to - from);
        }
    }

    /** Takes a consumer without a group that reads what is committed. */
    RecordFetcher(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    /** A record; empty if there is none of that offset, or none any more. */
    Optional<ConsumerRecord<byte[], byte[]>> fetch(TopicPartition partition, long offset) {
        List<ConsumerRecord<byte[], byte[]>> one = from(partition, offset, 1, record -> true);
        return one.stream().filter(record -> record.offset() == offset).findFirst();
    }

    /**
     * The first records from an offset on that are wanted.
     *
     * @param most how many records are looked at
     * @return one at most
     */
    List<ConsumerRecord<byte[], byte[]>> from(
            TopicPartition partition, long offset, int most, Predicate<ConsumerRecord<byte[], byte[]>> wanted) {
        List<TopicPartition> only = List.of(partition);
        if (offset < 0 || !exists(partition)) {
            return List.of();
        }
        consumer.assign(only);
        long end = consumer.endOffsets(only, PATIENCE).getOrDefault(partition, 0L);
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        int[] looked = {0};
        read(new Range(partition, offset, end), System.nanoTime() + PATIENCE.toNanos(), record -> {
            boolean more = looked[0]++ < most;
            if (more && wanted.test(record)) {
                found.add(record);
            }
            return more && found.isEmpty() && looked[0] < most;
        });
        return found;
    }

    /**
     * Reads until all was read, enough is known, or time is up.
     *
     * @param deadline by {@link System#nanoTime()}
     * @param more takes a record; whether it wants another
     */
    void read(Range range, long deadline, Predicate<ConsumerRecord<byte[], byte[]>> more) {
        TopicPartition partition = range.partition();
        consumer.assign(List.of(partition));
        consumer.seek(partition, range.from());
        try {
            while (consumer.position(partition) < range.to() && System.nanoTime() < deadline) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (record.offset() >= range.to() || !more.test(record)) {
                        return;
                    }
                }
            }
        } catch (OffsetOutOfRangeException e) {
            // The topic has forgotten it.
        }
    }

    /** Partitions of a topic. */
    List<TopicPartition> partitions(String topic) {
        List<PartitionInfo> infos = consumer.partitionsFor(topic, PATIENCE);
        return infos == null
                ? List.of()
                : infos.stream()
                        .map(info -> new TopicPartition(topic, info.partition()))
                        .toList();
    }

    /** Offset of the first record of that time or later; empty if there is none. */
    Optional<Long> at(TopicPartition partition, long millis) {
        OffsetAndTimestamp found =
                consumer.offsetsForTimes(Map.of(partition, millis), PATIENCE).get(partition);
        return Optional.ofNullable(found).map(OffsetAndTimestamp::offset);
    }

    /** Offset after the last committed record. */
    long end(TopicPartition partition) {
        return consumer.endOffsets(List.of(partition), PATIENCE).getOrDefault(partition, 0L);
    }

    /** The first offset that is still there. */
    long begin(TopicPartition partition) {
        return consumer.beginningOffsets(List.of(partition), PATIENCE).getOrDefault(partition, 0L);
    }

    private boolean exists(TopicPartition partition) {
        return partitions(partition.topic()).contains(partition);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
