package io.hedgerow.evaluate.metrics;

/**
 * A grid of pixels divided into rectangles, as equal as whole pixels allow, row by row.
 *
 * @param rows at most the height
 * @param columns at most the width
 * @param height of the grid in pixels
 * @param width of the grid in pixels
 */
public record Cells(int rows, int columns, int height, int width) {
    // RATIONALE: Why is where a map points measured on the grid of the model's input?
    public Cells {
        if (rows < 1 || columns < 1 || rows > height || columns > width) {
            throw new IllegalArgumentException(
                    "%d x %d cells of %d x %d pixels".formatted(rows, columns, height, width));
        }
    }

    /** So many along each side, or as many as there are pixels. */
    public static Cells square(int side, int height, int width) {
        return new Cells(Math.min(side, height), Math.min(side, width), height, width);
    }

    /** Every pixel a cell. */
    public static Cells pixels(int height, int width) {
        return new Cells(height, width, height, width);
    }

    public int count() {
        return rows * columns;
    }

    /** First row of pixels of a cell. */
    public int top(int cell) {
        return (int) ((long) (cell / columns) * height / rows);
    }

    /** The row after its last. */
    public int bottom(int cell) {
        return (int) ((long) (cell / columns + 1) * height / rows);
    }

    public int left(int cell) {
        return (int) ((long) (cell % columns) * width / columns);
    }

    public int right(int cell) {
        return (int) ((long) (cell % columns + 1) * width / columns);
    }

    /** Pixels of a cell. */
    public int area(int cell) {
        return (bottom(cell) - top(cell)) * (right(cell) - left(cell));
    }
}
