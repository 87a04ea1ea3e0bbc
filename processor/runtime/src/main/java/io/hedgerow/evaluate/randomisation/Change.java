package io.hedgerow.evaluate.randomisation;

import io.hedgerow.evaluate.metrics.Curve;
import io.hedgerow.evaluate.metrics.Relevance;
import io.hedgerow.evaluate.metrics.Sparseness;
import io.hedgerow.evaluate.metrics.StructuralSimilarity;
import io.hedgerow.evaluate.statistics.Ranks;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How a map changes as its model forgets, over all draws so far. Not thread-safe. */
public final class Change {
    /** How alike two maps are. */
    public enum Likeness {
        SPEARMAN,
        SPEARMAN_ABS,
        SSIM,
        SSIM_ABS;

        /** As curves are called. */
        public String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final List<Double> shares;
    private final Prepared own;
    private final Map<Likeness, double[]> sums = new EnumMap<>(Likeness.class);
    private final int[] draws;
    private double rise;

    /** A map with all that comparing it takes. */
    private static final class Prepared {
        private final Ranks ranks;
        private final Ranks ranksOfSizes;
        private final StructuralSimilarity look;
        private final StructuralSimilarity lookOfSizes;
        private final double entropy;

        Prepared(Relevance map) {
            Relevance sizes = map.absolute();
            ranks = new Ranks(map.toDoubles());
            ranksOfSizes = new Ranks(sizes.toDoubles());
            look = new StructuralSimilarity(map);
            lookOfSizes = new StructuralSimilarity(sizes);
            entropy = Sparseness.histogramEntropy(map);
        }

        double likeness(Likeness which, Prepared other) {
            return switch (which) {
                case SPEARMAN -> ranks.correlation(other.ranks);
                case SPEARMAN_ABS -> ranksOfSizes.correlation(other.ranksOfSizes);
                case SSIM -> look.with(other.look, 2);
                case SSIM_ABS -> lookOfSizes.with(other.lookOfSizes, 1);
            };
        }
    }

    /**
     * Of a map.
     *
     * @param shares of the layers that have forgotten at each stage
     * @param own the map of the model as it is, finite
     */
    Change(List<Double> shares, Relevance own) {
        this.shares = shares;
        this.own = new Prepared(own);
        for (Likeness which : Likeness.values()) {
            sums.put(which, new double[shares.size()]);
        }
        this.draws = new int[shares.size()];
    }

    /** Takes the map of a stage, of one more draw. */
    void add(int stage, Relevance map) {
        Prepared other = new Prepared(map);
        for (Likeness which : Likeness.values()) {
            of(which)[stage] += own.likeness(which, other);
        }
        if (stage == shares.size() - 1) {
            rise += (other.entropy - own.entropy) / own.entropy;
        }
        draws[stage]++;
    }

    private double[] of(Likeness which) {
        return sums.getOrDefault(which, new double[0]);
    }

    /** Whether every stage has a map. */
    public boolean isWhole() {
        for (int count : draws) {
            if (count == 0) {
                return false;
            }
        }
        return true;
    }

    /** Over the share of layers that have forgotten, from 0 of them and the map itself. */
    public Curve curve(Likeness which) {
        double[] across = new double[shares.size() + 1];
        double[] points = new double[shares.size() + 1];
        points[0] = 1;
        for (int stage = 0; stage < shares.size(); stage++) {
            across[stage + 1] = shares.get(stage);
            points[stage + 1] = of(which)[stage] / draws[stage];
        }
        return new Curve(across, points);
    }

    /** Mean over the stages; NaN of a map that is the same everywhere, by rank. */
    public double mean(Likeness which) {
        double sum = 0;
        for (int stage = 0; stage < shares.size(); stage++) {
            sum += of(which)[stage] / draws[stage];
        }
        return sum / shares.size();
    }

    /** By which share of its own the entropy of the map's histogram has risen at the last stage; NaN if it had none. */
    public double entropyRise() {
        return rise / draws[shares.size() - 1];
    }
}
