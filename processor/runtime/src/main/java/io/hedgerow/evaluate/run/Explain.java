package io.hedgerow.evaluate.run;

/** Which classes of a picture are explained. */
public enum Explain {
    /** Those that the data set says are there. */
    ANNOTATED,
    /** Those that the model says are there: its first, or of several outputs with a sigmoid each those from one half on. */
    PREDICTED,
    /** All of these. */
    BOTH
}
