package io.hedgerow.web;

/**
 * How a part of the process is.
 *
 * @param name of the part
 * @param live false if only a restart helps
 * @param ready whether it does its work now
 * @param detail a few words for people
 */
public record Health(String name, boolean live, boolean ready, String detail) {
    /** A part of the process that can say how it is, at any time and from any thread. */
    @FunctionalInterface
    public interface Source {
        Health health();
    }

    @Override
    public String toString() {
        return name + ": " + detail + (live ? ready ? "" : " (not ready)" : " (dead)");
    }
}
