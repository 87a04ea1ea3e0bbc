package io.hedgerow.monitor.shortcut;

import io.hedgerow.monitor.profile.Grid;
import io.hedgerow.monitor.profile.MapSmoothing;

/** How alike maps are: the Bhattacharyya coefficient of the smoothed maps, 0 to 1. Not thread-safe. */
public final class Likeness {
    /** From here on maps count as alike. */
    private static final double ALIKE = 0.85;

    private final MapSmoothing smoothing = new MapSmoothing();
    private final double[] buffer = new double[Grid.CELLS];

    /** Compares. */
    public Likeness() {}

    /** A map as it is compared: 256 numbers, the sum of whose squares is 1. */
    public double[] vector(Grid map) {
        double[] vector = new double[Grid.CELLS];
        smoothing.roots(map, vector);
        return vector;
    }

    /** Whether a map looks at the same place as a vector's. */
    public boolean alike(Grid map, double[] vector) {
        smoothing.roots(map, buffer);
        return alike(buffer, vector);
    }

    static boolean alike(double[] a, double[] b) {
        return MapSmoothing.product(a, b) >= ALIKE;
    }
}
