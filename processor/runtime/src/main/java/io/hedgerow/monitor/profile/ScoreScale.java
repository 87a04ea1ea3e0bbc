package io.hedgerow.monitor.profile;

/** Scores, which know no bounds, as numbers from 0 to 1 in 16 bits: in their order, and as fine as a score of its size needs. */
public final class ScoreScale {
    private static final double STEPS = 65_535;

    private ScoreScale() {}

    /** A finite score as a number from 0 to 1. */
    public static double share(double score) {
        return Math.rint(STEPS * (1 + score / (1 + Math.abs(score))) / 2) / STEPS;
    }

    /** The score that makes a number. */
    public static double score(double share) {
        double side = 2 * share - 1;
        // what is beyond all numbers is the largest that there is
        return side / Math.max(1 - Math.abs(side), 1 / (2 * STEPS));
    }
}
