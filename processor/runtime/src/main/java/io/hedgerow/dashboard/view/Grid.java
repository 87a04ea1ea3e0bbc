package io.hedgerow.dashboard.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A map on a few cells, as the page draws it.
 *
 * @param values row-major, rows x columns finite numbers
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Grid(int rows, int columns, float[] values) {
    /** Cells of monitoring's maps along a side. */
    public static final int SIDE = 16;

    /** A map as records have it; null if it isn't one of monitoring's maps. */
    static @Nullable Grid of(List<Float> values) {
        if (values.size() != SIDE * SIDE) {
            return null;
        }
        float[] cells = new float[values.size()];
        for (int cell = 0; cell < cells.length; cell++) {
            float value = values.get(cell);
            cells[cell] = Float.isFinite(value) ? value : 0;
        }
        return new Grid(SIDE, SIDE, cells);
    }
}
