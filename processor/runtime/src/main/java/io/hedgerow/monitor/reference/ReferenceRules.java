package io.hedgerow.monitor.reference;

/**
 * How references are made.
 *
 * @param wanted explanations to learn from, at least 100
 * @param tolerance smallest change of a feature's mean that matters
 * @param shareTolerance smallest change of a share or rate that matters
 * @param dependence events that count as one; 0 to measure it
 * @param risk chance that any limit of any reference of a model is ever wrong; 0.01 is usual
 * @param coverage least share of explained events that is promised; NaN for that of the reference
 */
public record ReferenceRules(
        int wanted, double tolerance, double shareTolerance, double dependence, double risk, double coverage) {
    /** Fewer explanations make limits that are wrong, or so wide that nothing is found. */
    public static final int LEAST = 100;

    /** The usual risk. */
    public static final double USUAL_RISK = 0.01;

    /**
     * Chance that one limit of a reference is wrong: later references have less of the risk, so that it is enough for all.
     *
     * @param ordinal which reference of the model it is, from 1
     * @param features features that it has limits for
     */
    double tail(int ordinal, int features) {
        return risk / ((double) ordinal * (ordinal + 1)) / (2.0 * features);
    }
}
