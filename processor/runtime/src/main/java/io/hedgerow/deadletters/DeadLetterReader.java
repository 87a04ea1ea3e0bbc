package io.hedgerow.deadletters;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Reader of the selected dead letters, each partition in order, up to where it ended when reading began. Single-threaded. */
public final class DeadLetterReader implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final Consumer<byte[], byte[]> consumer;
    private final DeadLetterFilter selection;
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private final long all;

    /** Takes a consumer of committed records, which is closed with this. */
    DeadLetterReader(Consumer<byte[], byte[]> consumer, String topic, DeadLetterFilter selection) {
        this.consumer = consumer;
        this.selection = selection;
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .filter(partition -> selection.partition() == null || selection.partition() == partition.partition())
                .toList();
        // Before anything is asked of them, or the client warns of every answer.
        consumer.assign(partitions);
        Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> last = consumer.endOffsets(partitions);
        Map<TopicPartition, Long> from = offsets(selection.from(), first, last, first);
        Map<TopicPartition, Long> to = offsets(selection.to(), first, last, last);
        from.forEach((partition, offset) -> {
            consumer.seek(partition, offset);
            ends.put(partition, Math.max(offset, to.getOrDefault(partition, offset)));
        });
        all = left();
    }

    /** How many offsets there are to read; some hold no record. */
    public long all() {
        return all;
    }

    /** How many of {@link #all} are still to be read. */
    public long left() {
        return ends.entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - consumer.position(end.getKey())))
                .sum();
    }

    /** The next selected letters, at least one; empty if there are no more. */
    public List<DeadLetter> next() {
        List<DeadLetter> letters = new ArrayList<>();
        while (letters.isEmpty() && left() > 0) {
            consumer.poll(PATIENCE).forEach(record -> {
                DeadLetter letter = new DeadLetter(record);
                long end = ends.getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L);
                if (record.offset() < end && selection.includes(letter)) {
                    letters.add(letter);
                }
            });
        }
        return letters;
    }

    @Override
    public void close() {
        consumer.close();
    }

    private Map<TopicPartition, Long> offsets(
            @Nullable OffsetBound bound,
            Map<TopicPartition, Long> first,
            Map<TopicPartition, Long> last,
            Map<TopicPartition, Long> unbound) {
        Map<TopicPartition, Long> offsets = new HashMap<>(unbound);
        if (bound instanceof OffsetBound.Offset at) {
            offsets.replaceAll((partition, unused) -> at.offset());
        } else if (bound instanceof OffsetBound.Time at) {
            Map<TopicPartition, Long> times = new HashMap<>();
            first.keySet().forEach(partition -> times.put(partition, at.time().toEpochMilli()));
            Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
            // A partition whose records are all older has none.
            offsets.replaceAll((partition, unused) -> found.get(partition) == null
                    ? last.getOrDefault(partition, 0L)
                    : found.get(partition).offset());
        }
        offsets.replaceAll((partition, offset) ->
                Math.max(first.getOrDefault(partition, 0L), Math.min(last.getOrDefault(partition, 0L), offset)));
        return offsets;
    }
}
