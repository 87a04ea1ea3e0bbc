package io.hedgerow.dashboard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Topics in memory, and Kafka's own mock of a consumer that reads them. Thread-safe. */
final class MemoryTopics {
    private static final Duration STEP = Duration.ofMillis(5);
    private static final int MOST = 500;

    private final Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> logs = new HashMap<>();

    /** Records that consumers were given, by client. */
    private final Map<String, AtomicLong> given = new HashMap<>();

    synchronized void create(String topic, int partitions) {
        IntStream.range(0, partitions)
                .forEach(partition -> logs.put(new TopicPartition(topic, partition), new ArrayList<>()));
    }

    /** Adds a record; returns its offset. */
    synchronized long add(String topic, int partition, long time, byte[] value) {
        List<ConsumerRecord<byte[], byte[]>> log = logs.get(new TopicPartition(topic, partition));
        long offset = log.size();
        log.add(new ConsumerRecord<>(
                topic,
                partition,
                offset,
                time,
                TimestampType.CREATE_TIME,
                0,
                value.length,
                null,
                value,
                new RecordHeaders(),
                Optional.empty()));
        return offset;
    }

    /** How many records a client's consumers were given. */
    synchronized long given(String client) {
        return given.getOrDefault(client, new AtomicLong()).get();
    }

    Consumer<byte[], byte[]> consumer(String client) {
        return new Reading(client);
    }

    private final class Reading extends MockConsumer<byte[], byte[]> {
        private final String client;

        Reading(String client) {
            super("none");
            this.client = client;
        }

        @Override
        public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            know();
            long added = 0;
            synchronized (MemoryTopics.this) {
                for (TopicPartition partition : assignment()) {
                    if (!paused().contains(partition)) {
                        List<ConsumerRecord<byte[], byte[]>> log = logs.get(partition);
                        long from = position(partition);
                        for (long offset = from; offset < Math.min(log.size(), from + MOST); offset++) {
                            addRecord(log.get((int) offset));
                            added++;
                        }
                    }
                }
                given.computeIfAbsent(client, unused -> new AtomicLong()).addAndGet(added);
            }
            if (added == 0) {
                LockSupport.parkNanos(Math.min(STEP.toNanos(), timeout.toNanos()));
            }
            return super.poll(Duration.ZERO);
        }

        @Override
        public synchronized long position(TopicPartition partition) {
            know();
            return super.position(partition);
        }

        @Override
        public synchronized long position(TopicPartition partition, Duration timeout) {
            return position(partition);
        }

        @Override
        public List<PartitionInfo> partitionsFor(String topic) {
            synchronized (MemoryTopics.this) {
                return logs.keySet().stream()
                        .filter(partition -> partition.topic().equals(topic))
                        .map(partition -> new PartitionInfo(topic, partition.partition(), null, null, null))
                        .toList();
            }
        }

        @Override
        public List<PartitionInfo> partitionsFor(String topic, Duration timeout) {
            return partitionsFor(topic);
        }

        @Override
        public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions, Duration timeout) {
            return endOffsets(partitions);
        }

        @Override
        public synchronized Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
            synchronized (MemoryTopics.this) {
                Map<TopicPartition, Long> ends = new HashMap<>();
                partitions.forEach(partition ->
                        ends.put(partition, (long) logs.get(partition).size()));
                return ends;
            }
        }

        @Override
        public Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions, Duration timeout) {
            return beginningOffsets(partitions);
        }

        @Override
        public synchronized Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions) {
            Map<TopicPartition, Long> begins = new HashMap<>();
            partitions.forEach(partition -> begins.put(partition, 0L));
            return begins;
        }

        @Override
        public Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
                Map<TopicPartition, Long> times, Duration timeout) {
            return offsetsForTimes(times);
        }

        @Override
        public synchronized Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(Map<TopicPartition, Long> times) {
            synchronized (MemoryTopics.this) {
                Map<TopicPartition, OffsetAndTimestamp> found = new HashMap<>();
                times.forEach((partition, time) -> found.put(
                        partition,
                        logs.get(partition).stream()
                                .filter(record -> record.timestamp() >= time)
                                .findFirst()
                                .map(record -> new OffsetAndTimestamp(record.offset(), record.timestamp()))
                                .orElse(null)));
                return found;
            }
        }

        private void know() {
            updateBeginningOffsets(beginningOffsets(assignment()));
            updateEndOffsets(endOffsets(assignment()));
        }
    }
}
