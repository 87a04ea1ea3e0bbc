package io.hedgerow.stream;

import io.hedgerow.event.EventLimits;
import java.time.Duration;

/**
 * How events are explained: what is tolerated, and how long is waited.
 *
 * @param limits what an event may carry
 * @param readAheadBytes memory for events that are read ahead of the devices
 * @param decoders threads that decode images, for each device; at least 1
 * @param scoreTolerance how far a replayed score may be from the logged one and still agree; for logits relative to the
 *     logged one if that is over 1
 * @param stackTraces whether dead letters carry stack traces
 * @param samplingShare share of events that are explained, 0 to 1, chosen by a hash of their ids
 * @param faithfulness share of events in which it is asked whether evidence matters, 0 to 1, chosen by a hash of their ids
 * @param recordTimeout how long a record may wait for its explanation before its task fails; longer than a device's time
 *     limit for a batch
 * @param registryTimeout how long to wait for an unreachable schema registry before the task fails and is tried again
 */
public record ExplainSettings(
        EventLimits limits,
        long readAheadBytes,
        int decoders,
        float scoreTolerance,
        boolean stackTraces,
        float samplingShare,
        float faithfulness,
        Duration recordTimeout,
        Duration registryTimeout) {
    /** The documented limits: everything is explained, scores agree within 0.01. */
    public static final ExplainSettings DEFAULT = new ExplainSettings(
            EventLimits.DEFAULT, 256 << 20, 2, 0.01f, false, 1, 0, Duration.ofSeconds(120), Duration.ofSeconds(5));

    /** The same, with another share of events in which it is asked whether evidence matters. */
    public ExplainSettings withFaithfulness(float share) {
        return new ExplainSettings(
                limits,
                readAheadBytes,
                decoders,
                scoreTolerance,
                stackTraces,
                samplingShare,
                share,
                recordTimeout,
                registryTimeout);
    }
}
