package io.hedgerow.monitor.profile;

/**
 * What maps are measured against: the mean of earlier maps, some typical ones, and how far from those a map may be; and between
 * what most scores lay.
 * Immutable; arrays aren't copied and must not be changed.
 *
 * @param meanMap mean of maps on 16 × 16 cells, row-major; sums to 1
 * @param prototypes typical maps: square roots of smoothed maps' shares, 256 each, row-major
 * @param radius distance to the nearest prototype beyond which a map is new
 * @param low score, on its {@link ScoreScale}, below which one is low; NaN if not known
 * @param high score above which one is high; NaN if not known
 */
@SuppressWarnings("ArrayRecordComponent")
public record Landmarks(float[] meanMap, float[][] prototypes, double radius, double low, double high) {
    /** Landmarks of maps alone. */
    public Landmarks(float[] meanMap, float[][] prototypes, double radius) {
        this(meanMap, prototypes, radius, Double.NaN, Double.NaN);
    }
}
