package io.hedgerow.compiler.api;

import java.time.Duration;

/**
 * What compiling one model may take.
 *
 * @param bytes of memory, Java's and TensorFlow's together; enforced where the operating system tells what a process has
 *     (Linux), elsewhere for Java's share alone
 * @param time from start to end
 */
public record CompileLimits(long bytes, Duration time) {
    /** Enough for the largest Keras Applications. */
    public static final CompileLimits DEFAULT = new CompileLimits(8L << 30, Duration.ofMinutes(5));
}
