package io.hedgerow.evaluate.metrics;

import java.util.Arrays;

/** On how few pixels a map's relevance, whatever its sign, is. */
public final class Sparseness {
    private static final int BINS = 100;

    private final double[] sizes;
    private final double sum;

    public Sparseness(Relevance map) {
        sizes = new double[map.size()];
        double all = 0;
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = Math.abs(map.get(i));
            all += sizes[i];
        }
        sum = all;
        Arrays.sort(sizes);
    }

    /** Gini index of |R|: 0 if all pixels have as much, towards 1 if one has all. */
    public double gini() {
        double weighted = 0;
        double n = sizes.length;
        for (int i = 0; i < sizes.length; i++) {
            weighted += (2 * (i + 1) - n - 1) * sizes[i];
        }
        return sum > 0 ? weighted / (n * sum) : 0;
    }

    /** Shannon's entropy of |R| / Σ|R| in terms of the largest there is: 1 if all pixels have as much. */
    public double entropy() {
        if (sum <= 0) {
            return 1;
        }
        double entropy = 0;
        for (double size : sizes) {
            double share = size / sum;
            entropy -= share > 0 ? share * Math.log(share) : 0;
        }
        return entropy / Math.log(sizes.length);
    }

    /** Shannon's entropy, in nats, of how a map's values are spread over 100 bins of equal width from its least to its largest. */
    public static double histogramEntropy(Relevance map) {
        float least = Float.POSITIVE_INFINITY;
        float largest = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < map.size(); i++) {
            least = Math.min(least, map.get(i));
            largest = Math.max(largest, map.get(i));
        }
        if (least == largest) {
            return 0;
        }
        int[] counts = new int[BINS];
        for (int i = 0; i < map.size(); i++) {
            double place = ((double) map.get(i) - least) / ((double) largest - least);
            counts[Math.min(BINS - 1, (int) (place * BINS))]++;
        }
        double entropy = 0;
        for (int count : counts) {
            double share = count / (double) map.size();
            entropy -= count > 0 ? share * Math.log(share) : 0;
        }
        return entropy;
    }

    /** Share of pixels whose |R| another has too. */
    public double ties() {
        int tied = 0;
        for (int i = 0; i < sizes.length; i++) {
            boolean before = i > 0 && sizes[i - 1] == sizes[i];
            boolean after = i + 1 < sizes.length && sizes[i + 1] == sizes[i];
            tied += before || after ? 1 : 0;
        }
        return tied / (double) sizes.length;
    }
}
