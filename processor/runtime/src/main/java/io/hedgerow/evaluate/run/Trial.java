package io.hedgerow.evaluate.run;

import io.hedgerow.evaluate.data.Mask;
import io.hedgerow.evaluate.metrics.Region;
import org.jspecify.annotations.Nullable;

/**
 * One class of one picture to be explained.
 *
 * @param label what the data set calls the class, or the model
 * @param index the model's class that is explained
 * @param place where the class is; null if nothing says
 * @param isDifficult whether it is small and other classes are there too
 */
record Trial(Picture picture, String label, int index, @Nullable Place place, boolean isDifficult) {
    /** On the picture, and on the model's view of it. */
    record Place(Mask mask, Region region) {}
}
