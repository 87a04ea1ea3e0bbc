package io.hedgerow.attribution;

/**
 * Transform from tensor coordinates (or those of a map's cells) to pixels of the original image with its EXIF orientation
 * applied: image x = scaleX · x + offsetX, image y = scaleY · y + offsetY.
 *
 * <p>Coordinates are of corners: cell (row, column) covers x from column to column + 1 and y from row to row + 1, and
 * its centre is at column + 0.5, row + 0.5. In these coordinates a resize with half-pixel centres is a plain scale.
 *
 * @param scaleX image pixels a column, above 0
 * @param offsetX image x of the left edge
 * @param scaleY image pixels a row, above 0
 * @param offsetY image y of the upper edge
 */
public record MapTransform(double scaleX, double offsetX, double scaleY, double offsetY) {
    /** Every point stays where it is. */
    public static final MapTransform IDENTITY = new MapTransform(1, 0, 1, 0);

    public MapTransform {
        if (!(scaleX > 0 && scaleY > 0 && Double.isFinite(scaleX * scaleY * (1 + offsetX * offsetY)))) {
            throw new IllegalArgumentException("x * %s + %s, y * %s + %s: scales must be positive and all finite"
                    .formatted(scaleX, offsetX, scaleY, offsetY));
        }
    }

    /** Stretches a grid of {@code width} × {@code height} cells over one of {@code toWidth} × {@code toHeight}. */
    public static MapTransform stretch(int width, int height, int toWidth, int toHeight) {
        return new MapTransform((double) toWidth / width, 0, (double) toHeight / height, 0);
    }

    /** Stretches a grid of {@code width} × {@code height} cells over a box. */
    public static MapTransform onto(int width, int height, Box box) {
        return new MapTransform((double) box.width() / width, box.x(), (double) box.height() / height, box.y());
    }

    /** This transform, then another: {@code a.andThen(b)} takes a point through a and the result through b. */
    public MapTransform andThen(MapTransform next) {
        return new MapTransform(next.scaleX * scaleX, next.x(offsetX), next.scaleY * scaleY, next.y(offsetY));
    }

    /** Inverts this transform. */
    public MapTransform inverse() {
        return new MapTransform(1 / scaleX, -offsetX / scaleX, 1 / scaleY, -offsetY / scaleY);
    }

    /** Where a column coordinate comes to lie. */
    public double x(double x) {
        return scaleX * x + offsetX;
    }

    /** Where a row coordinate comes to lie. */
    public double y(double y) {
        return scaleY * y + offsetY;
    }

    /**
     * The pixels that a box of cells touches.
     *
     * @param cells columns and rows of a map
     * @param imageWidth width of the image, to which the result is cut
     * @param imageHeight height of the image, to which the result is cut
     * @return whole pixels; at least one, even for cells that lie outside the image
     */
    public Box project(Box cells, int imageWidth, int imageHeight) {
        int left = clamp(floor(x(cells.x())), imageWidth - 1);
        int top = clamp(floor(y(cells.y())), imageHeight - 1);
        int right = Math.max(left + 1, clamp(ceil(x(cells.x() + cells.width())), imageWidth));
        int bottom = Math.max(top + 1, clamp(ceil(y(cells.y() + cells.height())), imageHeight));
        return new Box(left, top, right - left, bottom - top);
    }

    // a scale such as 100/3 puts a pixel's edge some 1e-14 beside it
    private static double floor(double v) {
        return Math.floor(v + 1e-6);
    }

    private static double ceil(double v) {
        return Math.ceil(v - 1e-6);
    }

    private static int clamp(double v, int max) {
        return (int) Math.max(0, Math.min(max, v));
    }
}
