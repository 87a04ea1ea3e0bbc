package io.hedgerow.image;

/**
 * How a picture that a classifier saw as it is stored is turned before people look at it, as its EXIF orientation says. Immutable.
 */
public final class Turn {
    /** The classifier saw what people see. */
    public static final Turn NONE = new Turn(Orientation.UPRIGHT, 0, 0);

    private final Orientation orientation;
    private final int width;
    private final int height;

    /** Of a picture of so many stored pixels. */
    Turn(Orientation orientation, int width, int height) {
        this.orientation = orientation;
        this.width = width;
        this.height = height;
    }

    /** A map of the stored picture as a map of the turned one; the map itself if there is nothing to turn. */
    public SignedMap apply(SignedMap map) {
        if (orientation == Orientation.UPRIGHT) {
            return map;
        }
        float[] turned = new float[map.size()];
        orientation.move(map.width(), map.height(), (to, from) -> turned[to] = map.get(from));
        MapTransform stored = map.toImage();
        double left = orientation.fromRight() ? width - stored.x(map.width()) : stored.offsetX();
        double top = orientation.fromBottom() ? height - stored.y(map.height()) : stored.offsetY();
        return orientation.swapped()
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
