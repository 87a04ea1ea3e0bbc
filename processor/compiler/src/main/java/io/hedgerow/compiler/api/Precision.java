package io.hedgerow.compiler.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Number format of the convolutions that explain, but for depthwise ones and gradients of strided ones; these, scores and
 * everything else are always float32.
 */
public enum Precision {
    FLOAT32,
    BFLOAT16;

    /**
     * Reads a precision as users write it.
     *
     * @param text {@code float32} or {@code bfloat16}
     * @throws IllegalArgumentException if it is neither
     */
    public static Precision of(String text) {
        return Arrays.stream(values())
                .filter(precision -> precision.toString().equals(text))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("'" + text + "' is no precision; there are " + names()));
    }

    /** All of them as users write them. */
    public static String names() {
        return Arrays.stream(values()).map(Precision::toString).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
