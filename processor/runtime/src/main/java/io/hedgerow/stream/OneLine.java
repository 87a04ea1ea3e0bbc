package io.hedgerow.stream;

/** Brings what went wrong to one line, as logs, health and commands say it. */
public final class OneLine {
    private OneLine() {}

    /** The text with a space in the place of each line's end. */
    public static String of(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
