package io.hedgerow.evaluate.statistics;

/** How far trials agree on which method is better: Kendall's W, corrected for ties, 0 (not at all) to 1 (all say the same). */
public final class Concordance {
    private final int methods;
    private final double[] sums;
    private double ties;
    private int trials;

    public Concordance(int methods) {
        this.methods = methods;
        this.sums = new double[methods];
    }

    /**
     * Takes a trial's values, one for each method. A trial that lacks one, or holds all methods equal, has nothing to say and is
     * passed over.
     */
    public void add(double[] values) {
        for (double value : values) {
            if (Double.isNaN(value)) {
                return;
            }
        }
        Ranks ranks = new Ranks(values);
        if (ranks.isFlat()) {
            return;
        }
        for (int method = 0; method < methods; method++) {
            sums[method] += ranks.of(method);
        }
        ties += ranks.ties();
        trials++;
    }

    /** NaN with fewer than two trials or methods. */
    public double w() {
        if (trials < 2 || methods < 2) {
            return Double.NaN;
        }
        double mean = trials * (methods + 1) / 2.0;
        double squares = 0;
        for (double sum : sums) {
            squares += (sum - mean) * (sum - mean);
        }
        double m = trials;
        double n = methods;
        return 12 * squares / (m * m * (n * n * n - n) - m * ties);
    }
}
