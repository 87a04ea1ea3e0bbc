package io.hedgerow.dashboard.feed;

import io.hedgerow.Alert;
import io.hedgerow.Profile;
import io.hedgerow.ReferenceEntry;
import io.hedgerow.dashboard.view.View;
import io.hedgerow.monitor.stream.MonitorSerdes;
import io.hedgerow.topics.MonitorTopics;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/** Follows monitoring's topics into a view: alerts and references from their beginning, profiles of a day. */
public final class MonitorTail extends Tail {
    // RATIONALE: Why does no instance ask another?
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration DAY = Duration.ofDays(1);
    private static final long MOST_PROFILES = 50_000;

    private final MonitorTopics topics;
    private final MonitorSerdes serdes;
    private final View view;
    private final Clock clock;

    /**
     * Prepares to follow.
     *
     * @param connect makes a consumer without a group that reads what is committed
     * @param serdes stays the caller's to close, after this
     */
    public MonitorTail(
            Supplier<Consumer<byte[], byte[]>> connect,
            MonitorTopics topics,
            MonitorSerdes serdes,
            View view,
            Clock clock) {
        super("monitor", connect);
        this.topics = topics;
        this.serdes = serdes;
        this.view = view;
        this.clock = clock;
    }

    @Override
    void follow(Consumer<byte[], byte[]> consumer) {
        List<TopicPartition> whole = new ArrayList<>(partitions(consumer, topics.references()));
        whole.addAll(partitions(consumer, topics.alerts()));
        List<TopicPartition> profiles = partitions(consumer, topics.profiles());
        List<TopicPartition> all = new ArrayList<>(whole);
        all.addAll(profiles);
        if (all.isEmpty()) {
            throw new IllegalStateException("monitoring's topics are not there yet");
        }
        consumer.assign(all);
        consumer.seekToBeginning(whole);
        seekToADay(consumer, profiles);
        while (!isClosed()) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.value() != null) {
                    take(() -> show(record));
                }
            }
        }
    }

    /** Where the last day begins; of a topic that is read again from the past, at its last records. */
    private void seekToADay(Consumer<byte[], byte[]> consumer, List<TopicPartition> profiles) {
        long from = clock.millis() - DAY.toMillis();
        Map<TopicPartition, Long> times = new HashMap<>();
        profiles.forEach(partition -> times.put(partition, from));
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(profiles);
        Map<TopicPartition, Long> ends = consumer.endOffsets(profiles);
        for (TopicPartition partition : profiles) {
            OffsetAndTimestamp day = found.get(partition);
            long least = Math.max(begins.getOrDefault(partition, 0L), ends.getOrDefault(partition, 0L) - MOST_PROFILES);
            consumer.seek(partition, day == null ? least : Math.max(least, day.offset()));
        }
    }

    private void show(ConsumerRecord<byte[], byte[]> record) {
        String topic = record.topic();
        if (topic.equals(topics.profiles())) {
            Profile profile = serdes.profiles().deserializer().deserialize(topic, record.value());
            if (profile != null) {
                view.add(profile);
            }
        } else if (topic.equals(topics.references())) {
            ReferenceEntry entry = serdes.references().deserializer().deserialize(topic, record.value());
            if (entry != null) {
                view.add(entry);
            }
        } else {
            Alert alert = serdes.alerts().deserializer().deserialize(topic, record.value());
            if (alert != null) {
                view.add(alert);
            }
        }
    }
}
