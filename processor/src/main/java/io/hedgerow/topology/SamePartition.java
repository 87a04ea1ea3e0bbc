package io.hedgerow.topology;

import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** Sends each output to the partition of its input, so that order and completeness can be checked per partition. */
final class SamePartition implements StreamPartitioner<byte[], Output> {
    @Override
    public Optional<Set<Integer>> partitions(String topic, byte[] key, Output output, int partitions) {
        if (output.partition() >= partitions) {
            throw new IllegalStateException("topic %s has %d partitions, none for input partition %d"
                    .formatted(topic, partitions, output.partition()));
        }
        return Optional.of(Set.of(output.partition()));
    }
}
