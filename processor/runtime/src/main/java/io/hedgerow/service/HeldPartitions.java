package io.hedgerow.service;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.ThreadMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs which of the input's partitions this instance explains, whenever that has changed. Single-threaded. */
final class HeldPartitions {
    private static final Logger LOG = LoggerFactory.getLogger(HeldPartitions.class);

    private final String input;
    private Set<Integer> held = new TreeSet<>();

    HeldPartitions(String input) {
        this.input = input;
    }

    /** Looks once. While tasks move nothing is certain. */
    void look(KafkaStreams.State state, Collection<ThreadMetadata> threads) {
        if (state != KafkaStreams.State.RUNNING) {
            return;
        }
        Set<Integer> now = threads.stream()
                .flatMap(thread -> thread.activeTasks().stream())
                .flatMap(task -> task.topicPartitions().stream())
                .filter(partition -> partition.topic().equals(input))
                .map(TopicPartition::partition)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!now.equals(held)) {
            LOG.info(
                    "Explaining {} of {}; taken over: {}; given up: {}",
                    partitions(now),
                    input,
                    partitions(without(now, held)),
                    partitions(without(held, now)));
            held = now;
        }
    }

    private static Set<Integer> without(Set<Integer> all, Set<Integer> some) {
        Set<Integer> rest = new TreeSet<>(all);
        rest.removeAll(some);
        return rest;
    }

    private static String partitions(Set<Integer> numbers) {
        return numbers.isEmpty()
                ? "none"
                : (numbers.size() == 1 ? "partition " : "partitions ")
                        + numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
