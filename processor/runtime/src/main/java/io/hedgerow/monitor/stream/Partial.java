package io.hedgerow.monitor.stream;

import io.hedgerow.Agreement;
import io.hedgerow.AuditStatus;
import io.hedgerow.monitor.profile.Observation;

/**
 * What one record of a topic means for monitoring, on its way to the task that brings all together.
 *
 * @param source the topic's partition that it comes from
 * @param time event time; {@link Long#MIN_VALUE} if the record has none, as a sign of life
 * @param body what it is
 */
record Partial(String source, long time, Body body) {
    /** What a partial is. */
    sealed interface Body {}

    /** Nothing but that the partition is read. */
    record Alive() implements Body {}

    /**
     * An explanation.
     *
     * @param frame where its map lies on its picture
     * @param counts whether it counts as an outcome, where there is no audit trail
     * @param agreement of its prediction
     */
    record Seen(ModelKey model, Observation observation, Frame frame, boolean counts, Agreement agreement)
            implements Body {}

    /**
     * What became of an event.
     *
     * @param model name of the model; empty if none is known
     * @param version of the model; empty if none is named
     * @param sha256 of the model; empty if it wasn't looked up
     * @param classIndex class decided or logged; −1 if neither is known
     * @param agreement of the predictions
     * @param events how many
     * @param latencyMillis from event to outcome; negative if not known
     */
    record Became(
            String model,
            String version,
            String sha256,
            int classIndex,
            AuditStatus status,
            Agreement agreement,
            long events,
            long latencyMillis)
            implements Body {}

    /**
     * A record of the topic of references.
     *
     * @param value as it lies there
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Said(byte[] value) implements Body {}
}
