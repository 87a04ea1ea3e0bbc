package io.hedgerow.topology;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;

/**
 * What the topology reads, writes and tolerates.
 *
 * @param input topic of prediction events
 * @param explanations topic of explanations, with at least as many partitions as the input
 * @param deadLetters topic of records that can't be explained, with at least as many partitions as the input
 * @param limits what an event may carry
 * @param maxRecordBytes largest record to write, as {@code max.request.size} and the topics' {@code max.message.bytes}
 *     allow, in bytes
 * @param scoreTolerance how far a replayed score may be from the logged one and still agree; for logits relative to the
 *     logged one if that is over 1
 * @param recordTimeout how long a record may wait for its explanation before its task fails; longer than a device's time
 *     limit for a batch
 * @param registryTimeout how long to wait for an unreachable schema registry before the task fails and is tried again
 * @param stackTraces whether dead letters carry stack traces
 * @param decoders threads that decode images, at least 1
 * @param softwareVersion version of this program, for the explanations
 */
public record TopologySettings(
        String input,
        String explanations,
        String deadLetters,
        EventLimits limits,
        int maxRecordBytes,
        float scoreTolerance,
        Duration recordTimeout,
        Duration registryTimeout,
        boolean stackTraces,
        int decoders,
        String softwareVersion) {
    /** What Kafka's producers and brokers take unless told otherwise. */
    public static final int DEFAULT_MAX_RECORD_BYTES = 1 << 20;

    public TopologySettings {
        if (new HashSet<>(List.of(input, explanations, deadLetters)).size() < 3) {
            throw new IllegalArgumentException("input %s, explanations %s and dead letters %s must be three topics"
                    .formatted(input, explanations, deadLetters));
        }
    }

    /** The default topics and limits. */
    public static TopologySettings defaults(String softwareVersion) {
        return new TopologySettings(
                "prediction-events",
                "explanations",
                "explanations-dlq",
                EventLimits.DEFAULT,
                DEFAULT_MAX_RECORD_BYTES,
                0.01f,
                Duration.ofSeconds(60),
                Duration.ofSeconds(5),
                false,
                2,
                softwareVersion);
    }
}
