package io.hedgerow.bench;

import io.hedgerow.device.Median;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Medians of figures that were measured several times. */
final class Medians {
    private Medians() {}

    /** The median of one figure, not a number if any of them isn't; results: at least one. */
    static <T> double of(List<T> results, ToDoubleFunction<T> figure) {
        return Median.of(results.stream().mapToDouble(figure).toArray());
    }
}
