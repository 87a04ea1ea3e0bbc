package io.hedgerow.image;

/**
 * Affine transform without rotation, from a grid's corner coordinates (cell (row, column) covers x from column to
 * column + 1, y from row to row + 1) to pixels: image x = scaleX · x + offsetX, image y = scaleY · y + offsetY.
 *
 * @param scaleX pixels a column
 * @param offsetX image x of the grid's left edge
 * @param scaleY pixels a row
 * @param offsetY image y of the grid's upper edge
 */
public record MapTransform(double scaleX, double offsetX, double scaleY, double offsetY) {
    /** Leaves coordinates as they are. */
    public static final MapTransform IDENTITY = new MapTransform(1, 0, 1, 0);

    /**
     * The transform of a coarser (or finer) grid over the same area.
     *
     * @param columns columns of this grid that one column of the other covers
     * @param rows rows of this grid that one row of the other covers
     */
    public MapTransform ofCells(double columns, double rows) {
        return new MapTransform(scaleX * columns, offsetX, scaleY * rows, offsetY);
    }
}
