package io.hedgerow.evaluate.metrics;

/**
 * How alike two maps look (Wang et al., "Image Quality Assessment: From Error Visibility to Structural Similarity", 2004), each
 * scaled by its largest |R|: means, variances and covariance under a Gaussian of 1.5 pixels over 11 × 11, averaged wherever that
 * lies within the map.
 */
public final class StructuralSimilarity {
    private static final int RADIUS = 5;
    private static final double SIGMA = 1.5;
    private static final double K1 = 0.01;
    private static final double K2 = 0.03;
    private static final double[] WEIGHTS = weights();

    private final int height;
    private final int width;
    private final double[] values;
    private final double[] means;
    private final double[] squares;

    /** Prepares a map, to be compared with several of its size. */
    public StructuralSimilarity(Relevance map) {
        this.height = map.height();
        this.width = map.width();
        this.values = map.toDoubles();
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        for (int i = 0; i < values.length && largest > 0; i++) {
            values[i] /= largest;
        }
        this.means = blurred(values, values, false);
        this.squares = blurred(values, values, true);
    }

    /**
     * Compares.
     *
     * @param range from the smallest value there can be to the largest: 2 for maps with signs, 1 for those without
     * @return −1 to 1; NaN of maps smaller than the window
     */
    public double with(StructuralSimilarity other, double range) {
        double[] products = blurred(values, other.values, true);
        double c1 = K1 * range * K1 * range;
        double c2 = K2 * range * K2 * range;
        double sum = 0;
        for (int i = 0; i < products.length; i++) {
            double both = means[i] * other.means[i];
            double apart = means[i] * means[i] + other.means[i] * other.means[i];
            double variances = squares[i] + other.squares[i] - apart;
            sum += (2 * both + c1) * (2 * (products[i] - both) + c2) / ((apart + c1) * (variances + c2));
        }
        return sum / products.length;
    }

    private static double[] weights() {
        double[] weights = new double[2 * RADIUS + 1];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Math.exp(-(i - RADIUS) * (i - RADIUS) / (2 * SIGMA * SIGMA));
            sum += weights[i];
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= sum;
        }
        return weights;
    }

    /** Of values, or of products of two, wherever the window fits. */
    private double[] blurred(double[] some, double[] others, boolean isProduct) {
        int rows = Math.max(0, height - 2 * RADIUS);
        int columns = Math.max(0, width - 2 * RADIUS);
        double[] across = new double[height * columns];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < columns; x++) {
                double sum = 0;
                for (int d = 0; d < WEIGHTS.length; d++) {
                    int at = y * width + x + d;
                    sum += WEIGHTS[d] * (isProduct ? some[at] * others[at] : some[at]);
                }
                across[y * columns + x] = sum;
            }
        }
        double[] both = new double[rows * columns];
        for (int y = 0; y < rows; y++) {
            for (int x = 0; x < columns; x++) {
                double sum = 0;
                for (int d = 0; d < WEIGHTS.length; d++) {
                    sum += WEIGHTS[d] * across[(y + d) * columns + x];
                }
                both[y * columns + x] = sum;
            }
        }
        return both;
    }
}
