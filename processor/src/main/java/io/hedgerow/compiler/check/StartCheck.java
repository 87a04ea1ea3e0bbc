package io.hedgerow.compiler.check;

import org.tensorflow.ndarray.Shape;

/** Relevance of the reference layer against the method's first equation: R = A ⊙ mean(G), over |Σ R|. */
final class StartCheck {
    /** Of the largest entry. */
    private static final double TOLERANCE = 1e-3;
    /** What float32 may lose of a sum, as a share of its entries' magnitudes: the less is left of it, the more it tells. */
    private static final double ROUNDING = 1e-5;

    private StartCheck() {}

    /**
     * Compares.
     *
     * @param activation A, rows × H × W × C
     * @param gradient G of each row's score, the same
     * @param start R, the same
     * @param shape of all three
     * @throws io.hedgerow.compiler.ModelRefusedException if they disagree
     */
    static void run(float[] activation, float[] gradient, float[] start, Shape shape) {
        int rows = Math.toIntExact(shape.get(0));
        int channels = Math.toIntExact(shape.get(3));
        int size = activation.length / Math.max(1, rows);
        for (int row = 0; row < rows; row++) {
            int from = row * size;
            double[] weights = new double[channels];
            for (int i = 0; i < size; i++) {
                weights[i % channels] += (double) gradient[from + i] * channels / size;
            }
            double sum = 0;
            double magnitude = 0;
            double peak = 0;
            for (int i = 0; i < size; i++) {
                double relevance = activation[from + i] * weights[i % channels];
                sum += relevance;
                magnitude += Math.abs(relevance);
                peak = Math.max(peak, Math.abs(relevance));
            }
            double total = Math.abs(sum);
            if (total > ROUNDING * magnitude) {
                double tolerance = peak / total * (TOLERANCE + ROUNDING * magnitude / total);
                compare(activation, weights, start, from, size, total, tolerance);
            }
        }
    }

    private static void compare(
            float[] activation, double[] weights, float[] start, int from, int size, double total, double tolerance) {
        for (int i = 0; i < size; i++) {
            double expected = activation[from + i] * weights[i % weights.length] / total;
            // written so that NaN fails
            if (!(Math.abs(start[from + i] - expected) <= tolerance)) {
                throw SelfCheck.failed(
                        "relevance starts with %.4g at an entry of the reference layer, the method states %.4g"
                                .formatted(start[from + i], expected));
            }
        }
    }
}
