package io.hedgerow.compiler.check;

import io.hedgerow.compiler.graph.Layout;
import io.hedgerow.compiler.graph.TensorRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tensorflow.ndarray.Shape;

/**
 * Whether a tensor's channels come last or first, seen from outside: what changes in it when a patch of the picture does moves
 * with the patch along axes of space, and not along that of channels. Nothing that was found in the graph goes into this.
 */
final class LayoutCheck {
    // RATIONALE: Why is the layout asked of each tensor, and then doubted?
    /** How much more must move along one axis than along another to tell that it is one of space. */
    private static final double MORE = 1.5;
    /** How much at least, as a share of what changes. */
    private static final double LEAST = 0.1;
    /** The same to tell that what was found is wrong: with few positions little moves, and channels change a little anyway. */
    private static final double CLEARLY_MORE = 3;

    private static final double CLEARLY = 0.5;

    /** From the upper left to the lower right; then within what a crop may show: the same of a quarter, or of the middle. */
    private static final List<Patch> PATCHES = List.of(
            new Patch(0.125, 0.625, 0.25),
            new Patch(0.0625, 0.3125, 0.125),
            new Patch(0.5625, 0.8125, 0.125),
            new Patch(0.3125, 0.5625, 0.125));

    private LayoutCheck() {}

    /**
     * Moves a patch in a picture, and others as long as that doesn't tell.
     *
     * @param layouts what was found of tensors of four axes
     * @param inferred of those, the ones whose operations don't say it
     * @return a warning, where it can't be told of these
     * @throws io.hedgerow.compiler.api.ModelRefusedException if the other order fits clearly better
     */
    static Optional<String> run(
            Forward forward, RandomImages random, Map<TensorRef, Layout> layouts, Collection<TensorRef> inferred) {
        List<TensorRef> open = new ArrayList<>(layouts.keySet());
        for (Patch patch : PATCHES) {
            Map<String, float[]> found = forward.run(random.patched(patch));
            open.removeIf(tensor -> isConfirmed(
                            tensor,
                            Objects.requireNonNull(found.get(Forward.name(tensor))),
                            forward.shape(tensor),
                            Objects.requireNonNull(layouts.get(tensor)))
                    || !inferred.contains(tensor));
            if (open.isEmpty()) {
                return Optional.empty();
            }
        }
        return Optional.of(
                "that channels come %s was found in the graph, but could not be confirmed by moving a patch of the picture"
                        .formatted(open.stream()
                                .map(tensor -> "%s in '%s' (%s)"
                                        .formatted(
                                                Objects.requireNonNull(layouts.get(tensor))
                                                                .isChannelsFirst()
                                                        ? "first"
                                                        : "last",
                                                tensor,
                                                forward.shape(tensor)))
                                .sorted()
                                .collect(Collectors.joining(", "))));
    }

    private static boolean isConfirmed(TensorRef tensor, float[] values, Shape shape, Layout layout) {
        // axis 2 is one of space either way
        boolean channelsFirst = layout.isChannelsFirst();
        double expected = moved(values, shape, channelsFirst ? 3 : 1);
        double other = moved(values, shape, channelsFirst ? 1 : 3);
        if (other >= CLEARLY && other > CLEARLY_MORE * expected) {
            throw SelfCheckFailure.failed(
                    "where a patch of the picture changes '%s' (%s) moves with the patch as if its channels didn't come %s"
                            .formatted(tensor, shape, channelsFirst ? "first" : "last"));
        }
        return expected >= LEAST && expected > MORE * other;
    }

    /** Which share of what a patch changes lies elsewhere on an axis when the patch is elsewhere; 0 if it changes nothing. */
    private static double moved(float[] values, Shape shape, int axis) {
        int size = values.length / RandomImages.PATCHED;
        int length = Math.toIntExact(shape.get(axis));
        int stride = Math.toIntExact(shape.size() / shape.take(axis + 1).size());
        double[] before = new double[length];
        double[] after = new double[length];
        for (int i = 0; i < size; i++) {
            int place = i / stride % length;
            before[place] += Math.abs(values[size + i] - values[i]);
            after[place] += Math.abs(values[2 * size + i] - values[i]);
        }
        return distance(before, after);
    }

    /** Half of what two distributions differ by in all. */
    private static double distance(double[] before, double[] after) {
        double total = Arrays.stream(before).sum();
        double otherTotal = Arrays.stream(after).sum();
        if (total == 0 || otherTotal == 0) {
            return 0;
        }
        double distance = 0;
        for (int place = 0; place < before.length; place++) {
            distance += Math.abs(before[place] / total - after[place] / otherTotal) / 2;
        }
        return distance;
    }
}
