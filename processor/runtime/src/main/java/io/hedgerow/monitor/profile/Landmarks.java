package io.hedgerow.monitor.profile;

/**
 * What maps are measured against: the mean of earlier maps, some typical ones, and how far from those a map may be.
 * Immutable; arrays aren't copied and must not be changed.
 *
 * @param meanMap mean of maps on 16 × 16 cells, row-major; sums to 1
 * @param prototypes typical maps: square roots of smoothed maps' shares, 256 each, row-major
 * @param radius distance to the nearest prototype beyond which a map is new
 */
@SuppressWarnings("ArrayRecordComponent")
public record Landmarks(float[] meanMap, float[][] prototypes, double radius) {}
