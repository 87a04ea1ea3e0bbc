package io.hedgerow.monitor.profile;

import java.nio.ByteBuffer;

/** Brings maps of any size to 16 × 16 cells, exactly by area. Not thread-safe: it has a buffer of its own. */
@SuppressWarnings("DoNotCallSuggester")
public final class GridPooling {
    /**
     * Pools the positive values of a map.
     *
     * @param values height × width signed 8-bit values, row-major, as explanations have them; read from its position on
     * @param height number of rows, at least 1
     * @param width number of columns, at least 1
     * @return the grid; a blind one if no value is positive
     * @throws IllegalArgumentException if there aren't height × width values
     */
    public Grid pool(ByteBuffer values, int height, int width) {
        throw new UnsupportedOperationException();
    }
}
