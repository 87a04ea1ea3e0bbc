package io.hedgerow.attribution;

/**
 * Turn of a picture that a classifier saw as it is stored, before people look at it, as its EXIF orientation says. Immutable.
 */
public final class Turn {
    /** The classifier saw what people see. */
    public static final Turn NONE = new Turn(false, false, false, 0, 0);

    private final boolean swapped;
    private final boolean fromRight;
    private final boolean fromBottom;
    private final int width;
    private final int height;

    /**
     * Of a picture of so many stored pixels.
     *
     * @param swapped rows of the result are columns of the stored picture
     * @param fromRight stored columns are read from the right
     * @param fromBottom stored rows are read from the bottom
     */
    public Turn(boolean swapped, boolean fromRight, boolean fromBottom, int width, int height) {
        this.swapped = swapped;
        this.fromRight = fromRight;
        this.fromBottom = fromBottom;
        this.width = width;
        this.height = height;
    }

    /** Where an entry of the result comes from, both counted in row-major order. */
    public interface Move {
        void move(int to, int from);
    }

    /** Goes through the entries, in the result's order, of something that is laid over the picture in so many columns and rows. */
    public void entries(int columns, int rows, Move move) {
        int across = swapped ? rows : columns;
        int down = swapped ? columns : rows;
        int right = fromRight ? -1 : 1;
        int below = fromBottom ? -columns : columns;
        int start = (fromBottom ? (rows - 1) * columns : 0) + (fromRight ? columns - 1 : 0);
        for (int y = 0, to = 0; y < down; y++) {
            int from = start + y * (swapped ? right : below);
            for (int x = 0; x < across; x++, from += swapped ? below : right) {
                move.move(to++, from);
            }
        }
    }

    /** A map of the stored picture as a map of the turned one; the map itself if there is nothing to turn. */
    public SignedMap apply(SignedMap map) {
        if (!(swapped || fromRight || fromBottom)) {
            return map;
        }
        float[] turned = new float[map.size()];
        entries(map.width(), map.height(), (to, from) -> turned[to] = map.get(from));
        MapTransform stored = map.toImage();
        double left = fromRight ? width - stored.x(map.width()) : stored.offsetX();
        double top = fromBottom ? height - stored.y(map.height()) : stored.offsetY();
        return swapped
                ? new SignedMap(
                        turned,
                        map.width(),
                        map.height(),
                        new MapTransform(stored.scaleY(), top, stored.scaleX(), left))
                : new SignedMap(
                        turned,
                        map.height(),
                        map.width(),
                        new MapTransform(stored.scaleX(), left, stored.scaleY(), top));
    }
}
