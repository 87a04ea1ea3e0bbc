package io.hedgerow.evaluate.statistics;

import java.util.Arrays;

/** Ranks from 1 for the smallest; equal values share the mean of theirs. */
public final class Ranks {
    private final double[] ranks;
    private final double ties;

    /** @param values finite */
    public Ranks(double[] values) {
        double[] sorted = new double[values.length];
        // adding 0 makes -0 into 0, as which it counts
        Arrays.setAll(sorted, i -> values[i] + 0.0);
        Arrays.sort(sorted);
        double[] shared = new double[values.length];
        double cubes = 0;
        for (int start = 0; start < sorted.length; ) {
            int end = start + 1;
            while (end < sorted.length && sorted[end] == sorted[start]) {
                end++;
            }
            Arrays.fill(shared, start, end, (start + 1 + end) / 2.0);
            double tied = end - start;
            cubes += tied * tied * tied - tied;
            start = end;
        }
        ranks = new double[values.length];
        Arrays.setAll(ranks, i -> shared[Arrays.binarySearch(sorted, values[i] + 0.0)]);
        ties = cubes;
    }

    public double of(int index) {
        return ranks[index];
    }

    /** Sum over groups of equal values of t³ − t, t being how many they are. */
    double ties() {
        return ties;
    }

    /** Whether all values are equal. */
    boolean isFlat() {
        double n = ranks.length;
        return ties == n * n * n - n;
    }

    /** Spearman's rank correlation, −1 to 1; NaN if either side is all equal. */
    public static double correlation(double[] some, double[] others) {
        return new Ranks(some).correlation(new Ranks(others));
    }

    /** The same of what is ranked already, as many of each. */
    public double correlation(Ranks other) {
        double mean = (ranks.length + 1) / 2.0;
        double both = 0;
        double first = 0;
        double second = 0;
        for (int i = 0; i < ranks.length; i++) {
            both += (ranks[i] - mean) * (other.ranks[i] - mean);
            first += (ranks[i] - mean) * (ranks[i] - mean);
            second += (other.ranks[i] - mean) * (other.ranks[i] - mean);
        }
        return first == 0 || second == 0 ? Double.NaN : both / Math.sqrt(first * second);
    }

    /** Kendall's τ-b between two rankings, −1 to 1; NaN if either side is all equal. */
    public static double tau(double[] some, double[] others) {
        double both = 0;
        double first = 0;
        double second = 0;
        for (int i = 0; i < some.length; i++) {
            for (int j = 0; j < i; j++) {
                double a = Math.signum(some[i] - some[j]);
                double b = Math.signum(others[i] - others[j]);
                both += a * b;
                first += a * a;
                second += b * b;
            }
        }
        return first == 0 || second == 0 ? Double.NaN : both / Math.sqrt(first * second);
    }
}
