package io.hedgerow.monitor.stream;

import io.hedgerow.AttributionMap;
import io.hedgerow.MapTransform;

/**
 * Where on a picture a map lies, as fractions of its width and height.
 *
 * @param left of the map's left edge
 * @param top of its upper edge
 * @param width of all its columns; negative if they run from right to left
 * @param height of all its rows
 */
record Frame(float left, float top, float width, float height) {
    static Frame of(AttributionMap map, int width, int height) {
        MapTransform transform = map.getTransform();
        return new Frame(
                (float) (transform.getOffsetX() / width),
                (float) (transform.getOffsetY() / height),
                (float) (transform.getScaleX() * map.getWidth() / width),
                (float) (transform.getScaleY() * map.getHeight() / height));
    }
}
