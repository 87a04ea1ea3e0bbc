package io.hedgerow.compiler.runtime;

/** Where a tensor has its channels. */
public enum ChannelAxis {
    /** Height × width × channels. */
    LAST,
    /** Channels × height × width. */
    FIRST
}
