package io.hedgerow.render;

import io.hedgerow.AttributionMap;
import io.hedgerow.ClassExplanation;
import io.hedgerow.Region;
import io.hedgerow.attribution.Box;
import io.hedgerow.attribution.MapTransform;
import io.hedgerow.attribution.SignedMap;
import io.hedgerow.image.pixels.DecodedImage;
import io.hedgerow.maps.RelevanceMap;

/** Overlays of explanations as they lie in a topic. */
public final class ExplanationOverlay {
    private static final float SMALLEST_MARK = 0.05f;

    private ExplanationOverlay() {}

    /**
     * The map over its picture, with the largest regions of evidence.
     *
     * @param explained one class of the explanation
     * @param image the picture that was explained, which the record does not hold
     * @param marks most regions to mark; those with less than a twentieth of the evidence are left out
     * @param title main line of the caption
     * @param detail second line of the caption
     */
    public static Overlay of(ClassExplanation explained, DecodedImage image, int marks, String title, String detail) {
        AttributionMap map = explained.getMap();
        var transform = map.getTransform();
        SignedMap relevance = new SignedMap(
                new RelevanceMap(map).values(),
                map.getHeight(),
                map.getWidth(),
                new MapTransform(
                        transform.getScaleX(), transform.getOffsetX(), transform.getScaleY(), transform.getOffsetY()));
        return new Overlay(
                image,
                relevance,
                explained.getEvidence().stream()
                        .filter(region -> region.getShare() >= SMALLEST_MARK)
                        .limit(marks)
                        .map(ExplanationOverlay::mark)
                        .toList(),
                title,
                detail);
    }

    private static Overlay.Mark mark(Region region) {
        Box box = new Box(region.getX(), region.getY(), region.getWidth(), region.getHeight());
        return new Overlay.Mark(box, true, "%.0f %%".formatted(region.getShare() * 100));
    }
}
