package io.hedgerow.demo;

import java.nio.file.Path;

/**
 * What the demo is asked to do.
 *
 * @param seconds how long events flow, at least 1
 * @param rate events a second, above 0
 * @param seed the same seed, the same parts
 * @param out folder for pictures
 */
public record DemoSettings(int seconds, double rate, long seed, Path out) {
    long events() {
        return Math.max(2, Math.round(seconds * rate));
    }
}
