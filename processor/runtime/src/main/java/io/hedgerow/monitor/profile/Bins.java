package io.hedgerow.monitor.profile;

/** Bins of histograms, the same for all, so that histograms can be added. */
public final class Bins {
    static final int COUNT = 32;

    private static final double[] SCORES = new double[COUNT - 1];
    private static final double[] MILLIS = new double[COUNT - 1];

    static {
        for (int edge = 1; edge < COUNT; edge++) {
            SCORES[edge - 1] = StrictMath.sinh((edge - COUNT / 2) / 2.0);
            MILLIS[edge - 1] = StrictMath.pow(2, edge / 2.0);
        }
    }

    private Bins() {}

    /** Bin of a score, which may be any number: fine near 0, coarse far from it. */
    static int score(double score) {
        return below(SCORES, score);
    }

    /** Bin of a probability. */
    static int share(double share) {
        return (int) Math.max(0, Math.min(COUNT - 1, share * COUNT));
    }

    /** Bin of a duration. */
    static int millis(long millis) {
        return below(MILLIS, (double) millis);
    }

    /** Scores at which one bin ends and the next begins, ascending: one less than there are bins. */
    public static double[] scoreEdges() {
        return SCORES.clone();
    }

    private static int below(double[] edges, double value) {
        int bin = 0;
        while (bin < edges.length && edges[bin] <= value) {
            bin++;
        }
        return bin;
    }
}
