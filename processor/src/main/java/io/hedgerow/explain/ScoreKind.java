package io.hedgerow.explain;

/** What a logged score is. */
public enum ScoreKind {
    /** The model's own output after softmax or sigmoid. */
    PROBABILITY,
    /** The score before softmax or sigmoid. */
    LOGIT
}
