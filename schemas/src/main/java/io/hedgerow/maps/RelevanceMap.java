package io.hedgerow.maps;

import io.hedgerow.AttributionMap;
import io.hedgerow.MapTransform;
import java.nio.ByteBuffer;

/**
 * Relevance per map cell, and where the cells lie on the image. Pixels are those of the image with its EXIF orientation
 * applied; coordinates are of corners, so that pixel (x, y) covers x to x + 1 and y to y + 1. Immutable.
 */
public final class RelevanceMap {
    private final int height;
    private final int width;
    private final float[] values;
    private final MapTransform transform;

    /** A rectangle in pixels, not rounded and not cut to the image. */
    public record Box(double x, double y, double width, double height) {}

    /**
     * The cell of largest relevance.
     *
     * @param x of its centre in pixels
     * @param y of its centre in pixels
     */
    public record Peak(int row, int column, double x, double y, float relevance) {}

    /**
     * Decodes the 8-bit values of an explanation's map.
     *
     * @throws IllegalArgumentException if height, width and number of values don't fit each other
     */
    public RelevanceMap(AttributionMap map) {
        ByteBuffer bytes = map.getValues().duplicate();
        height = map.getHeight();
        width = map.getWidth();
        if (height < 1 || width < 1 || (long) height * width != bytes.remaining()) {
            throw new IllegalArgumentException(
                    "A map of " + height + " x " + width + " cells comes with " + bytes.remaining() + " values");
        }
        transform = map.getTransform();
        values = new float[bytes.remaining()];
        for (int i = 0; i < values.length; i++) {
            values[i] = bytes.get() * map.getScale();
        }
    }

    /** Number of rows. */
    public int height() {
        return height;
    }

    /** Number of columns. */
    public int width() {
        return width;
    }

    /** All relevance: height x width values in row-major order, a copy. */
    public float[] values() {
        return values.clone();
    }

    /** Relevance of a cell. */
    public float at(int row, int column) {
        if (row < 0 || row >= height || column < 0 || column >= width) {
            throw new IndexOutOfBoundsException(
                    "Cell (" + row + ", " + column + ") of a map of " + height + " x " + width + " cells");
        }
        return values[row * width + column];
    }

    /** Relevance of the cell that the centre of pixel (x, y) lies in; 0 where the map doesn't reach. */
    public float atPixel(int x, int y) {
        int column = (int) Math.floor((x + 0.5 - transform.getOffsetX()) / transform.getScaleX());
        int row = (int) Math.floor((y + 0.5 - transform.getOffsetY()) / transform.getScaleY());
        return row < 0 || row >= height || column < 0 || column >= width ? 0 : values[row * width + column];
    }

    /** The part of the image that a block of cells covers. */
    public Box box(int row, int column, int rows, int columns) {
        return new Box(
                transform.getScaleX() * column + transform.getOffsetX(),
                transform.getScaleY() * row + transform.getOffsetY(),
                transform.getScaleX() * columns,
                transform.getScaleY() * rows);
    }

    /** Where relevance is largest; of equal cells the first in row-major order. */
    public Peak peak() {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] > values[best]) {
                best = i;
            }
        }
        int row = best / width;
        int column = best % width;
        Box box = box(row, column, 1, 1);
        return new Peak(row, column, box.x() + box.width() / 2, box.y() + box.height() / 2, values[best]);
    }
}
