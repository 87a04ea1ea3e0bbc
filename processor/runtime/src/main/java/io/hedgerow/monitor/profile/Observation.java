package io.hedgerow.monitor.profile;

import io.hedgerow.RecordInput;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One explanation as monitoring sees it: the map of the class that was decided, and what names the event. Immutable.
 *
 * @param eventId the event's id
 * @param time event time, milliseconds since 1970
 * @param source where the image came from; empty if not known
 * @param input position of the input record; null if there is none
 * @param classIndex index of the class decided
 * @param label name of the class; empty if it has none
 * @param map where the evidence lies
 * @param score the class's score before softmax or sigmoid
 * @param confidence the class's probability, 0 to 1; NaN if the model gives none
 * @param evidenceDrop what the score fell with the evidence blurred; NaN if the event wasn't sampled
 * @param chanceDrop what it fell with as many other cells blurred; NaN if the event wasn't sampled
 */
public record Observation(
        String eventId,
        long time,
        String source,
        @Nullable RecordInput input,
        int classIndex,
        String label,
        Grid map,
        float score,
        float confidence,
        float evidenceDrop,
        float chanceDrop)
        implements Comparable<Observation> {
    private static final Comparator<Observation> ORDER = Comparator.comparingLong(Observation::time)
            .thenComparingInt(
                    event -> event.input() == null ? -1 : event.input().getPartition())
            .thenComparingLong(
                    event -> event.input() == null ? -1 : event.input().getOffset())
            .thenComparing(Observation::eventId);

    /** In order of time, then of partition, offset and id. */
    @Override
    public int compareTo(Observation other) {
        return ORDER.compare(this, other);
    }

    /** Whether the event was sampled to see if its evidence matters. */
    public boolean sampled() {
        return !Float.isNaN(evidenceDrop) && !Float.isNaN(chanceDrop);
    }

    /** Whether the score fell more without the evidence than without as many other cells. */
    public boolean evidenceWins() {
        return evidenceDrop > chanceDrop;
    }
}
