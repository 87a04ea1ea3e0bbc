package io.hedgerow.evaluate.metrics;

import io.hedgerow.attribution.SignedMap;
import io.hedgerow.evaluate.data.Mask;
import org.jspecify.annotations.Nullable;

/** The pointing game as TorchRay plays it: the map is brought to the picture's own size, and its largest value looked for there. */
public final class Pointing {
    private static final int FEW = 100;

    private final Mask mask;

    /** @param mask of the class, of the picture's own size */
    public Pointing(Mask mask) {
        this.mask = mask;
    }

    /**
     * Whether the map's largest value lies closer to the class than so many pixels of the picture: 1 or 0, or of equally large
     * values the share that does; NaN if the map lies beside the picture.
     *
     * @param map with its place on the picture
     */
    public double hit(SignedMap map, double tolerance) {
        Points points = new Points(tolerance);
        new ResizedMap(map, mask.width(), mask.height()).visitLargest(points);
        return points.hits / (double) points.count;
    }

    /** Counts points, and those near the class. */
    private final class Points implements ResizedMap.Visitor {
        private final double tolerance;
        private @Nullable Mask wide;
        private int count;
        private int hits;

        Points(double tolerance) {
            this.tolerance = tolerance;
        }

        @Override
        public void visit(int y, int from, int to) {
            count += to - from;
            if (count > FEW) {
                // asking around each point costs more than widening the mask once
                wide = wide == null ? mask.widened(tolerance) : wide;
                hits += wide.countOfRow(y, from, to);
                return;
            }
            for (int x = from; x < to; x++) {
                hits += mask.isNear(x, y, tolerance) ? 1 : 0;
            }
        }
    }
}
