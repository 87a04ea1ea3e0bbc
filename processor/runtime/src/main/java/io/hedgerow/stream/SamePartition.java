package io.hedgerow.stream;

import io.hedgerow.record.Output;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** Sends each output to the partition of its input, so that order and completeness can be checked per partition. */
final class SamePartition implements StreamPartitioner<byte[], Output> {
    @Override
    public Optional<Set<Integer>> partitions(String topic, byte[] key, Output output, int partitions) {
        // There may be more partitions than the producer knows of yet: it asks, and waits.
        return Optional.of(Set.of(output.partition()));
    }
}
