package io.hedgerow.dashboard.feed;

import io.hedgerow.Explanation;
import io.hedgerow.dashboard.view.FeedEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Samples the topic of explanations while somebody looks: twice a second a few of the newest, whatever the stream's rate. What
 * lies between is neither read nor decoded, and while nobody looks nothing is.
 */
public final class FeedTail extends Tail {
    // RATIONALE: Why is the feed a sample, read from the end again and again?
    /** Records a round, over all partitions, that are fetched at most. */
    private static final int FETCHED = 32;

    /** Of them, how many are shown. */
    private static final int SHOWN = 5;

    private static final int LEAST_A_PARTITION = 4;
    private static final Duration ROUND = Duration.ofMillis(500);

    private final String topic;
    private final Deserializer<Explanation> explanations;
    private final BooleanSupplier wanted;
    private final Feed feed;
    private final BiConsumer<ConsumerRecord<byte[], byte[]>, Explanation> seen;
    private final Map<TopicPartition, Long> next = new HashMap<>();

    /**
     * Prepares to sample.
     *
     * @param connect makes a consumer without a group that reads what is committed
     * @param explanations stays the caller's to close, after this
     * @param wanted whether somebody looks
     * @param seen told of each explanation that goes into the feed, so that it need not be fetched again
     */
    public FeedTail(
            Supplier<Consumer<byte[], byte[]>> connect,
            String topic,
            Deserializer<Explanation> explanations,
            BooleanSupplier wanted,
            Feed feed,
            BiConsumer<ConsumerRecord<byte[], byte[]>, Explanation> seen) {
        super("feed", connect);
        this.topic = topic;
        this.explanations = explanations;
        this.wanted = wanted;
        this.feed = feed;
        this.seen = seen;
    }

    @Override
    void follow(Consumer<byte[], byte[]> consumer) throws InterruptedException {
        List<TopicPartition> partitions = partitions(consumer, topic);
        if (partitions.isEmpty()) {
            throw new IllegalStateException("topic " + topic + " is not there yet");
        }
        consumer.assign(partitions);
        next.clear();
        while (!isClosed()) {
            long begun = System.nanoTime();
            if (wanted.getAsBoolean()) {
                round(consumer, partitions);
            }
            Duration left = ROUND.minusNanos(System.nanoTime() - begun);
            if (!left.isNegative()) {
                rest(left);
            }
        }
    }

    private void round(Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
        int share = Math.max(LEAST_A_PARTITION, FETCHED / partitions.size());
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        List<TopicPartition> fresh = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            long end = ends.getOrDefault(partition, 0L);
            long from = Math.max(next.getOrDefault(partition, 0L), Math.max(0, end - share));
            // Idle ones too: a consumer wants to know a position of each.
            consumer.seek(partition, Math.min(from, end));
            if (from < end) {
                fresh.add(partition);
            }
        }
        List<TopicPartition> idle = new ArrayList<>(partitions);
        idle.removeAll(fresh);
        consumer.pause(idle);
        consumer.resume(fresh);
        if (fresh.isEmpty()) {
            return;
        }
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(ROUND)) {
            records.add(record);
        }
        // Behind markers of transactions, too.
        fresh.forEach(partition -> next.put(partition, consumer.position(partition)));
        records.sort(Comparator.<ConsumerRecord<byte[], byte[]>>comparingLong(ConsumerRecord::timestamp)
                .thenComparing(ConsumerRecord::partition)
                .thenComparing(ConsumerRecord::offset));
        for (ConsumerRecord<byte[], byte[]> record :
                records.subList(Math.max(0, records.size() - SHOWN), records.size())) {
            if (record.value() != null) {
                take(() -> show(record));
            }
        }
    }

    private void show(ConsumerRecord<byte[], byte[]> record) {
        Explanation explanation = explanations.deserialize(topic, record.value());
        if (explanation != null) {
            FeedEvent event = FeedEvent.of(explanation, topic, record.partition(), record.offset());
            if (event != null) {
                seen.accept(record, explanation);
                feed.add(event);
            }
        }
    }
}
