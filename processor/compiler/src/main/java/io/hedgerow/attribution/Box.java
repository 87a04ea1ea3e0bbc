package io.hedgerow.attribution;

/**
 * An upright rectangle of whole pixels or cells.
 *
 * @param x left edge
 * @param y upper edge
 * @param width width, at least 1
 * @param height height, at least 1
 */
public record Box(int x, int y, int width, int height) {
    public Box {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("a box of %d x %d; both begin at 1".formatted(width, height));
        }
    }
}
