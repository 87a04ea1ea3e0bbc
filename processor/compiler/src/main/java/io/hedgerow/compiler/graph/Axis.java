package io.hedgerow.compiler.graph;

/** What an axis of a tensor counts. */
public enum Axis {
    BATCH,
    CHANNEL,
    HEIGHT,
    WIDTH,
    /** Positions: height and width in one, as a list of them. */
    SPACE,
    /** What the graph doesn't tell. */
    UNKNOWN
}
