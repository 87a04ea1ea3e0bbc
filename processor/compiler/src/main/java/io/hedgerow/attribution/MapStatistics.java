package io.hedgerow.attribution;

import org.jspecify.annotations.Nullable;

/**
 * A map in a few numbers. With p = R⁺ / Σ R⁺; what is undefined for want of relevance is null. Where the map holds a
 * number that is not finite, so does {@code sum}.
 *
 * @param sum of all relevance
 * @param peak largest absolute relevance of a cell
 * @param concentration 1 − H(p) / ln(cells), H the entropy: 0 evenly spread, 1 in one cell
 * @param borderShare share of p in the outer tenth on each side, 0 to 1; a cell that reaches into it counts by its area
 *     there, so that an even map has 0.36 whatever its size
 * @param suppressionShare Σ |R⁻| / Σ |R|, 0 to 1
 * @param centreX mean of p across, as a fraction of the map's width
 * @param centreY mean of p down, as a fraction of the map's height
 */
public record MapStatistics(
        float sum,
        float peak,
        @Nullable Float concentration,
        @Nullable Float borderShare,
        @Nullable Float suppressionShare,
        @Nullable Float centreX,
        @Nullable Float centreY) {
    private static final double BORDER = 0.1;

    /** Measures a map. */
    public static MapStatistics of(SignedMap map) {
        double magnitude = 0;
        double sum = 0;
        float peak = 0;
        for (int cell = 0; cell < map.size(); cell++) {
            float relevance = map.get(cell);
            sum += relevance;
            magnitude += Math.abs(relevance);
            // not Math.max: its care for NaN and -0 costs more than all the rest, and sum tells of NaN
            peak = Math.abs(relevance) > peak ? Math.abs(relevance) : peak;
        }
        double positive = (magnitude + sum) / 2;
        double negative = magnitude - positive;
        Float suppression = positive + negative > 0 ? (float) (negative / (positive + negative)) : null;
        if (!(positive > 0)) {
            return new MapStatistics((float) sum, peak, null, null, suppression, null, null);
        }
        double[] across = inner(map.width());
        double[] down = inner(map.height());
        double entropy = 0;
        double border = 0;
        double x = 0;
        double y = 0;
        for (int row = 0, cell = 0; row < map.height(); row++) {
            for (int column = 0; column < map.width(); column++) {
                float relevance = map.get(cell++);
                if (relevance > 0) {
                    double p = relevance / positive;
                    entropy -= p * Math.log(p);
                    border += p * (1 - across[column] * down[row]);
                    x += p * (column + 0.5);
                    y += p * (row + 0.5);
                }
            }
        }
        Float concentration = map.size() > 1 ? fraction(1 - entropy / Math.log(map.size())) : null;
        return new MapStatistics(
                (float) sum,
                peak,
                concentration,
                fraction(border),
                suppression,
                fraction(x / map.width()),
                fraction(y / map.height()));
    }

    /** Of each cell along a side, the part that does not lie in the border. */
    private static double[] inner(int cells) {
        double[] parts = new double[cells];
        for (int i = 0; i < cells; i++) {
            double from = Math.max(i, BORDER * cells);
            double to = Math.min(i + 1, (1 - BORDER) * cells);
            parts[i] = Math.max(0, to - from);
        }
        return parts;
    }

    /** Rounding can lead a hair's breadth out of 0 to 1. */
    private static float fraction(double value) {
        return (float) Math.max(0, Math.min(1, value));
    }
}
