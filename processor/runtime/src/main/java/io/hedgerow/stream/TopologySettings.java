package io.hedgerow.stream;

import io.hedgerow.event.EventLimits;
import io.hedgerow.topics.RecordLimits;
import io.hedgerow.topics.Topics;
import java.time.Duration;

/**
 * What the topology reads, writes and tolerates.
 *
 * @param limits what an event may carry
 * @param samplingShare share of events that are explained, 0 to 1, chosen by a hash of their ids
 * @param records largest record for each output
 * @param scoreTolerance how far a replayed score may be from the logged one and still agree; for logits relative to the
 *     logged one if that is over 1
 * @param recordTimeout how long a record may wait for its explanation before its task fails; longer than a device's time
 *     limit for a batch
 * @param registryTimeout how long to wait for an unreachable schema registry before the task fails and is tried again
 * @param stackTraces whether dead letters carry stack traces
 * @param decoders threads that decode images, for each device; at least 1
 * @param softwareVersion version of this program, for the explanations
 */
public record TopologySettings(
        Topics topics,
        EventLimits limits,
        double samplingShare,
        RecordLimits records,
        float scoreTolerance,
        Duration recordTimeout,
        Duration registryTimeout,
        boolean stackTraces,
        int decoders,
        String softwareVersion) {
    /** The documented topics and limits: everything is explained, scores agree within 0.01. */
    public static TopologySettings defaults(String softwareVersion) {
        return new TopologySettings(
                Topics.DEFAULT,
                EventLimits.DEFAULT,
                1,
                RecordLimits.DEFAULT,
                0.01f,
                Duration.ofSeconds(120),
                Duration.ofSeconds(5),
                false,
                2,
                softwareVersion);
    }

    /** The same for other topics. */
    public TopologySettings withTopics(Topics other) {
        return new TopologySettings(
                other,
                limits,
                samplingShare,
                records,
                scoreTolerance,
                recordTimeout,
                registryTimeout,
                stackTraces,
                decoders,
                softwareVersion);
    }

    /** The same with other limits on events. */
    public TopologySettings withLimits(EventLimits other) {
        return new TopologySettings(
                topics,
                other,
                samplingShare,
                records,
                scoreTolerance,
                recordTimeout,
                registryTimeout,
                stackTraces,
                decoders,
                softwareVersion);
    }

    /** The same with another share of events that are explained. */
    public TopologySettings withSamplingShare(double share) {
        return new TopologySettings(
                topics,
                limits,
                share,
                records,
                scoreTolerance,
                recordTimeout,
                registryTimeout,
                stackTraces,
                decoders,
                softwareVersion);
    }

    /** The same with other limits on records. */
    public TopologySettings withRecords(RecordLimits other) {
        return new TopologySettings(
                topics,
                limits,
                samplingShare,
                other,
                scoreTolerance,
                recordTimeout,
                registryTimeout,
                stackTraces,
                decoders,
                softwareVersion);
    }

    /** The same with other limits on waiting. */
    public TopologySettings withTimeouts(Duration record, Duration registry) {
        return new TopologySettings(
                topics,
                limits,
                samplingShare,
                records,
                scoreTolerance,
                record,
                registry,
                stackTraces,
                decoders,
                softwareVersion);
    }

    /** The same with stack traces in dead letters. */
    public TopologySettings withStackTraces() {
        return new TopologySettings(
                topics,
                limits,
                samplingShare,
                records,
                scoreTolerance,
                recordTimeout,
                registryTimeout,
                true,
                decoders,
                softwareVersion);
    }
}
