package io.hedgerow.demo.surface;

import java.util.Locale;

/** What an inspected part can show. The ordinal is the class's index in the bundled classifiers' output. */
public enum SurfaceClass {
    /** Nothing wrong. */
    OK,
    /** A thin line across the grain. */
    SCRATCH,
    /** A round depression that bends light and grain. */
    DENT,
    /** A faint discoloured patch. */
    STAIN;

    /** Name of the class as {@code labels.txt} and {@code labels.csv} have it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
