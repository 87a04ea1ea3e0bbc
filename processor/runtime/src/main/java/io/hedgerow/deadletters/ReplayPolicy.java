package io.hedgerow.deadletters;

import io.hedgerow.deadletters.Replayability.Kind;
import io.hedgerow.record.RecordSize;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Tells which dead letters can be replayed, from what has been marked when this was made. Single-threaded. */
public final class ReplayPolicy {
    private final String events;
    private final int partitions;
    private final int eventBytes;
    private final ReplayMarks marks;

    /** Takes the topic that events are replayed to, with its number of partitions and the largest record that it takes. */
    ReplayPolicy(String events, int partitions, int eventBytes, ReplayMarks marks) {
        this.events = events;
        this.partitions = partitions;
        this.eventBytes = eventBytes;
        this.marks = marks;
    }

    /** Judges a letter. */
    public Replayability judge(DeadLetter letter) {
        String leftOut = letter.leftOut();
        if (leftOut != null) {
            return new Replayability(Kind.UNREPLAYABLE, leftOut + ": have its source send it anew");
        }
        if (!letter.eventTopic().equals(events)) {
            // The name comes out of a record: it is compared, never written to.
            return new Replayability(Kind.UNREPLAYABLE, "it does not come from topic " + events);
        }
        if (letter.eventPartition() < 0 || letter.eventPartition() >= partitions || letter.eventOffset() < 0) {
            return new Replayability(
                    Kind.UNREPLAYABLE, "it does not say from which partition of %s it comes".formatted(events));
        }
        if (marks.isReplayed(letter)) {
            return new Replayability(Kind.REPLAYED, "");
        }
        ProducerRecord<byte[], byte[]> event = letter.event();
        long bytes = RecordSize.of(event.key(), event.value(), event.headers());
        return bytes > eventBytes
                ? new Replayability(
                        Kind.UNREPLAYABLE,
                        "it takes %d bytes as an event, and %s takes %d: raise its max.message.bytes"
                                .formatted(bytes, events, eventBytes))
                : new Replayability(Kind.REPLAYABLE, "");
    }
}
