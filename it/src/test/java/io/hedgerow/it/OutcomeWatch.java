package io.hedgerow.it;

import io.hedgerow.topics.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Sees outcomes arrive, as a read-committed consumer does, and remembers when. */
final class OutcomeWatch implements AutoCloseable {
    private final Map<Integer, List<Long>> arrivals = new HashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread thread;

    OutcomeWatch(String bootstrap, Topics topics, int partitions) {
        List<TopicPartition> watched = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            watched.add(new TopicPartition(topics.explanations(), partition));
            watched.add(new TopicPartition(topics.deadLetters(), partition));
            arrivals.put(partition, new ArrayList<>());
        }
        thread = new Thread(() -> watch(bootstrap, watched), "outcome-watch");
        thread.start();
    }

    /** Outcomes so far. */
    synchronized int count() {
        return arrivals.values().stream().mapToInt(List::size).sum();
    }

    /** Outcomes of a partition's records so far. */
    synchronized int count(int partition) {
        return arrivals.get(partition).size();
    }

    /** The first arrival in a partition after {@code nanos}, on the scale of {@link System#nanoTime}. */
    synchronized OptionalLong firstAfter(int partition, long nanos) {
        return arrivals.get(partition).stream()
                .mapToLong(arrival -> arrival)
                .filter(arrival -> arrival > nanos)
                .findFirst();
    }

    private void watch(String bootstrap, List<TopicPartition> watched) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed", "fetch.max.wait.ms", 50);
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(watched);
            consumer.seekToBeginning(watched);
            while (!closed.get()) {
                var records = consumer.poll(Duration.ofMillis(100));
                long now = System.nanoTime();
                synchronized (this) {
                    records.forEach(record -> arrivals.get(record.partition()).add(now));
                }
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed.set(true);
        thread.join();
    }
}
