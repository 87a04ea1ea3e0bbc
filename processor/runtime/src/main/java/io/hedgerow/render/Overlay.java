package io.hedgerow.render;

import io.hedgerow.attribution.Box;
import io.hedgerow.attribution.SignedMap;
import io.hedgerow.image.pixels.DecodedImage;
import java.util.List;

/**
 * Contents of a picture of a map.
 *
 * @param image the picture that was explained
 * @param map its relevance
 * @param marks boxes to draw around regions
 * @param title main line of the caption, such as the class; the caption is left out if both lines are empty
 * @param detail second line of the caption, such as the score
 */
public record Overlay(DecodedImage image, SignedMap map, List<Mark> marks, String title, String detail) {
    /**
     * A box around a region.
     *
     * @param box in pixels of the image
     * @param evidence whether the region speaks for the class
     * @param label a few characters, such as its share; may be empty
     */
    public record Mark(Box box, boolean evidence, String label) {}

    public Overlay {
        marks = List.copyOf(marks);
    }
}
