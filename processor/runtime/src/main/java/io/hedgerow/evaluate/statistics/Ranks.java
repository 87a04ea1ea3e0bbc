package io.hedgerow.evaluate.statistics;

import java.util.Arrays;

/** Ranks from 1 for the smallest; equal values share the mean of theirs. */
public final class Ranks {
    private final double[] ranks;
    private final double ties;

    /** @param values finite */
    public Ranks(double[] values) {
        Integer[] order = new Integer[values.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(values[a], values[b]));
        ranks = new double[values.length];
        double cubes = 0;
        for (int start = 0; start < order.length; ) {
            int end = start + 1;
            // as numbers: 0 equals -0
            while (end < order.length && values[order[end]] == values[order[start]]) {
                end++;
            }
            for (int i = start; i < end; i++) {
                ranks[order[i]] = (start + 1 + end) / 2.0;
            }
            double tied = end - start;
            cubes += tied * tied * tied - tied;
            start = end;
        }
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
        Ranks a = new Ranks(some);
        Ranks b = new Ranks(others);
        double mean = (some.length + 1) / 2.0;
        double both = 0;
        double first = 0;
        double second = 0;
        for (int i = 0; i < some.length; i++) {
            both += (a.of(i) - mean) * (b.of(i) - mean);
            first += (a.of(i) - mean) * (a.of(i) - mean);
            second += (b.of(i) - mean) * (b.of(i) - mean);
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
