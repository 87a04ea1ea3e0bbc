package io.hedgerow.deadletters;

import io.hedgerow.deadletters.Verdict.Kind;

/** Tells which dead letters can be replayed, from what has been marked when this was made. Single-threaded. */
public final class Judge {
    private final String events;
    private final int partitions;
    private final ReplayMarks marks;

    /** Takes the topic that events are replayed to, with its number of partitions. */
    Judge(String events, int partitions, ReplayMarks marks) {
        this.events = events;
        this.partitions = partitions;
        this.marks = marks;
    }

    /** Judges a letter. */
    public Verdict judge(DeadLetter letter) {
        String leftOut = letter.leftOut();
        if (leftOut != null) {
            return new Verdict(Kind.UNREPLAYABLE, leftOut + ": have its source send it anew");
        }
        if (!letter.eventTopic().equals(events)) {
            // The name comes out of a record: it is compared, never written to.
            return new Verdict(Kind.UNREPLAYABLE, "it does not come from topic " + events);
        }
        if (letter.eventPartition() < 0 || letter.eventPartition() >= partitions || letter.eventOffset() < 0) {
            return new Verdict(
                    Kind.UNREPLAYABLE, "it does not say from which partition of %s it comes".formatted(events));
        }
        return new Verdict(marks.isReplayed(letter) ? Kind.REPLAYED : Kind.REPLAYABLE, "");
    }
}
