package io.hedgerow.compiler.method;

/**
 * What a check has found, 0 where it doesn't look.
 *
 * @param gradient the largest difference from finite differences, as a share of its length
 * @param relevance the largest difference of what a node sends from what the method states
 * @param layers how many nodes' relevance was compared
 */
public record CheckResult(double gradient, double relevance, int layers) {
    public static final CheckResult NOTHING = new CheckResult(0, 0, 0);

    /** The larger of both, and all layers. */
    public CheckResult and(CheckResult other) {
        return new CheckResult(
                Math.max(gradient, other.gradient), Math.max(relevance, other.relevance), layers + other.layers);
    }
}
