package io.hedgerow.evaluate.data;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one picture.
 *
 * @param labels names of the classes that it shows
 * @param objects where they are; may be empty
 * @param ignored pixels that count neither as an object nor as its surroundings; null if there are none
 * @param width of the picture in pixels as the data set states it, 0 if it does not
 * @param height the same
 */
public record Annotations(
        Set<String> labels, List<AnnotatedObject> objects, @Nullable Outline ignored, int width, int height) {
    public Annotations {
        labels = Set.copyOf(labels);
        objects = List.copyOf(objects);
    }

    /** Shows what its objects are. */
    public static Annotations of(List<AnnotatedObject> objects, int width, int height) {
        Set<String> labels = new TreeSet<>();
        objects.forEach(object -> labels.add(object.label()));
        labels.remove(AnnotatedObject.ANY);
        return new Annotations(labels, objects, null, width, height);
    }
}
