package io.hedgerow.it;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Checks that every input record has exactly one outcome, in the partition of its input and in the order of the input
 * within each output topic; that no transaction is open; and that the group has committed all input. Fed with all inputs
 * and with all outcomes as a read-committed consumer gets them, and with what the cluster says of its topics, transactions
 * and groups.
 */
final class OutcomeLedger {
    private record Position(int partition, long offset) {}

    private final Map<Position, Integer> outcomes = new TreeMap<>((a, b) -> a.partition() != b.partition()
            ? Integer.compare(a.partition(), b.partition())
            : Long.compare(a.offset(), b.offset()));
    private final Map<String, Long> last = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    /** An input record that a read-committed consumer gets. */
    void input(int partition, long offset) {
        outcomes.put(new Position(partition, offset), 0);
    }

    /** An outcome found in {@code topic} and {@code partition}, of the input record at the given position. */
    void outcome(String topic, int partition, int inputPartition, long inputOffset) {
        Position position = new Position(inputPartition, inputOffset);
        if (outcomes.computeIfPresent(position, (key, count) -> count + 1) == null) {
            problems.add("invented: %s has an outcome of %s, which was never read".formatted(topic, position));
        }
        if (partition != inputPartition) {
            problems.add("misplaced: the outcome of %s is in %s-%d".formatted(position, topic, partition));
        }
        Long previous = last.put(topic + "-" + inputPartition, inputOffset);
        if (previous != null && previous > inputOffset) {
            problems.add("out of order: %s comes after offset %d in %s".formatted(position, previous, topic));
        }
    }

    /** Where an output partition ends for readers of committed records, and for all others. */
    void end(String topic, int partition, long committed, long uncommitted) {
        if (committed != uncommitted) {
            problems.add("open: %s-%d ends at %d, but what comes after %d is not committed"
                    .formatted(topic, partition, uncommitted, committed));
        }
    }

    /** A transaction of the application that has not ended. */
    void transaction(String id, String state) {
        problems.add("open: transaction %s is %s".formatted(id, state));
    }

    /** What the group has committed of an input partition, and where that ends for readers of committed records. */
    void group(int partition, long committed, long end) {
        if (committed != end) {
            problems.add("lagging: the group is at %d in partition %d, which ends at %d"
                    .formatted(committed, partition, end));
        }
    }

    /** What is wrong; empty if nothing is. */
    List<String> problems() {
        List<String> all = new ArrayList<>(problems);
        outcomes.forEach((position, count) -> {
            if (count == 0) {
                all.add("lost: %s has no outcome".formatted(position));
            } else if (count > 1) {
                all.add("doubled: %s has %d outcomes".formatted(position, count));
            }
        });
        return all;
    }
}
