package io.hedgerow.compiler.runtime;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The maps that one method made of a batch, laid on the picture. Belongs to one predictor. */
final class MethodMaps {
    private final PlacedMethod method;
    private final List<float[]> maps = new ArrayList<>();
    private final int[] heights;
    private final int[] widths;
    private int[] sizes = {};
    private @Nullable PlacedMaps placed;

    MethodMaps(PlacedMethod method) {
        this.method = method;
        this.heights = new int[method.places().size()];
        this.widths = new int[heights.length];
    }

    /**
     * Takes a batch's maps.
     *
     * @param first of the outputs that are this method's
     * @return the first that isn't
     */
    int read(NDList outputs, int first) {
        maps.clear();
        for (int layer = 0; layer < heights.length; layer++) {
            NDArray output = outputs.get(first + layer);
            maps.add(output.toFloatArray());
            heights[layer] = Math.toIntExact(output.getShape().get(2));
            widths[layer] = Math.toIntExact(output.getShape().get(3));
        }
        return first + heights.length;
    }

    /**
     * What was made of one image.
     *
     * @param classes of it that are explained
     * @param first of its maps
     */
    Attribution attribution(float[] scores, float[] predictions, int[] classes, int first) {
        PlacedMaps places = places();
        float[][] own = new float[classes.length][];
        for (int k = 0; k < own.length; k++) {
            own[k] = places.place(maps, first + k, heights, widths);
        }
        return new Attribution(scores, predictions, classes, own, places.height(), places.width(), places.toTensor());
    }

    /** Made once: a model's pictures are all of one size. */
    private PlacedMaps places() {
        int[] now = Arrays.copyOf(heights, 2 * heights.length);
        System.arraycopy(widths, 0, now, heights.length, widths.length);
        PlacedMaps present = placed;
        if (present == null || !Arrays.equals(now, sizes)) {
            present = new PlacedMaps(method.places(heights, widths));
            placed = present;
            sizes = now;
        }
        return present;
    }
}
