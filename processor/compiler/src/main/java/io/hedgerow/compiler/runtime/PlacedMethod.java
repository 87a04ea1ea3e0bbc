package io.hedgerow.compiler.runtime;

import io.hedgerow.compiler.Placements;
import io.hedgerow.compiler.api.ExplanationInfo;
import io.hedgerow.compiler.api.Placement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A method of a compiled model, and where its maps lie on pictures of one size.
 *
 * @param places of its maps; of a later feature map the place that its cells share
 */
record PlacedMethod(ExplanationInfo.Method method, List<Placement> places) {

    /** Each of some methods. */
    static List<PlacedMethod> of(
            ExplanationInfo info, List<ExplanationInfo.Method> methods, Path directory, TensorSpec input)
            throws IOException {
        List<PlacedMethod> placed = new ArrayList<>();
        for (ExplanationInfo.Method method : methods) {
            placed.add(new PlacedMethod(method, Placements.of(info, method, directory, input.height(), input.width())));
        }
        return placed;
    }

    /**
     * Where maps lie that are of these sizes.
     *
     * @param heights of each
     * @param widths of each
     */
    List<Placement> places(int[] heights, int[] widths) {
        List<Placement> exact = new ArrayList<>();
        for (int i = 0; i < heights.length; i++) {
            Placement place = places.get(i);
            exact.add(method.layers().get(i).over() == null ? place : place.shared(heights[i], widths[i]));
        }
        return exact;
    }
}
