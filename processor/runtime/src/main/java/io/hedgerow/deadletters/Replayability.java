package io.hedgerow.deadletters;

/**
 * Whether a dead letter can be replayed.
 *
 * @param kind what is to be done with it
 * @param detail why it can't be replayed; empty if it can
 */
public record Replayability(Kind kind, String detail) {
    /** What is to be done with a letter. */
    public enum Kind {
        /** Nobody has replayed it yet. */
        REPLAYABLE,
        /** It has been replayed. */
        REPLAYED,
        /** It can't be replayed. */
        UNREPLAYABLE
    }
}
