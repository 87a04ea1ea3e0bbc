package io.hedgerow.evaluate.metrics;

/**
 * How much of a map's positive relevance lies in a region.
 *
 * @param inside sum of R⁺ over the region
 * @param outside sum of R⁺ beside it
 */
public record Evidence(double inside, double outside, Region region) {
    /** Ratios are cut here, for a map without evidence inside has none; medians do not mind. */
    public static final double LARGEST_RATIO = 1e9;

    public static Evidence of(Relevance map, Region region) {
        double inside = 0;
        double outside = 0;
        for (int i = 0; i < map.size(); i++) {
            float value = map.get(i);
            if (value > 0 && !region.isIgnored(i)) {
                if (region.isInside(i)) {
                    inside += value;
                } else {
                    outside += value;
                }
            }
        }
        return new Evidence(inside, outside, region);
    }

    /** Σ_in R⁺ / Σ R⁺ (the energy-based pointing game), 0 to 1; NaN if there is no evidence. */
    public double energy() {
        return inside + outside > 0 ? inside / (inside + outside) : Double.NaN;
    }

    /** The energy in terms of the region's share of the picture: 1 is what a map gets that knows nothing. */
    public double gain() {
        return energy() / region.area();
    }

    /** Mean of R⁺ outside over mean of R⁺ inside; NaN if there is no evidence. */
    public double outsideInside() {
        if (inside + outside <= 0) {
            return Double.NaN;
        }
        double ratio = outside / region.outer() / (inside / region.inner());
        return Math.min(LARGEST_RATIO, ratio);
    }
}
