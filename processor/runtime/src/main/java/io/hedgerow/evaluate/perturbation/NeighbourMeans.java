package io.hedgerow.evaluate.perturbation;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Values of missing pixels such that each is the weighted mean of its neighbours, known or missing: 1/6 of each of the four
 * beside, 1/12 of each of the four across corners, in terms of those within the picture. The equations are symmetric and positive
 * definite; conjugate gradients solve them from a first guess, each missing pixel being the mean of the smallest of the squares
 * of 2, 4, 8… pixels around it that has a known one. Not thread-safe.
 */
final class NeighbourMeans {
    private static final double BESIDE = 1 / 6.0;
    private static final double ACROSS = 1 / 12.0;
    private static final int MOST_STEPS = 5000;

    private final BitSet missing;
    private final int height;
    private final int width;
    /** Cells of a row, with one more at either end: nothing has to ask where the picture ends. */
    private final int stride;
    /** Where the missing pixels are among those cells. */
    private final int[] cells;
    /** Sum of the weights of each one's neighbours. */
    private final double[] weights;

    NeighbourMeans(BitSet missing, int height, int width) {
        this.missing = missing;
        this.height = height;
        this.width = width;
        this.stride = width + 2;
        this.cells = missing.stream().map(this::cell).toArray();
        double[] inside = new double[(height + 2) * stride];
        for (int pixel = 0; pixel < height * width; pixel++) {
            inside[cell(pixel)] = 1;
        }
        this.weights = new double[cells.length];
        for (int i = 0; i < cells.length; i++) {
            weights[i] = around(inside, cells[i]);
        }
    }

    private int cell(int pixel) {
        return (pixel / width + 1) * stride + pixel % width + 1;
    }

    private double around(double[] values, int cell) {
        return BESIDE * (values[cell - stride] + values[cell - 1] + values[cell + 1] + values[cell + stride])
                + ACROSS
                        * (values[cell - stride - 1]
                                + values[cell - stride + 1]
                                + values[cell + stride - 1]
                                + values[cell + stride + 1]);
    }

    /**
     * Fills in the missing ones; their mean if all are missing.
     *
     * @param values of all pixels, row by row; those missing are written
     * @param tolerance by how much a pixel may differ from the mean of its neighbours
     */
    void solve(float[] values, double tolerance) {
        if (cells.length == values.length) {
            double sum = 0;
            for (float value : values) {
                sum += value;
            }
            Arrays.fill(values, (float) (sum / values.length));
            return;
        }
        guess(values);
        double[] solution = new double[(height + 2) * stride];
        for (int pixel = 0; pixel < values.length; pixel++) {
            solution[cell(pixel)] = values[pixel];
        }
        descend(solution, tolerance);
        for (int cell : cells) {
            values[(cell / stride - 1) * width + cell % stride - 1] = (float) solution[cell];
        }
    }

    /** Conjugate gradients, each equation in terms of its own weights. */
    private void descend(double[] solution, double tolerance) {
        double[] residual = new double[cells.length];
        double[] direction = new double[solution.length];
        double[] product = new double[cells.length];
        double size = 0;
        double largest = 0;
        for (int i = 0; i < cells.length; i++) {
            residual[i] = around(solution, cells[i]) - weights[i] * solution[cells[i]];
            direction[cells[i]] = residual[i] / weights[i];
            size += residual[i] * direction[cells[i]];
            largest = Math.max(largest, Math.abs(direction[cells[i]]));
        }
        for (int step = 0; step < MOST_STEPS && largest > tolerance; step++) {
            double curvature = 0;
            for (int i = 0; i < cells.length; i++) {
                product[i] = weights[i] * direction[cells[i]] - around(direction, cells[i]);
                curvature += product[i] * direction[cells[i]];
            }
            double length = size / curvature;
            double before = size;
            size = 0;
            largest = 0;
            for (int i = 0; i < cells.length; i++) {
                solution[cells[i]] += length * direction[cells[i]];
                residual[i] -= length * product[i];
                double scaled = residual[i] / weights[i];
                size += residual[i] * scaled;
                largest = Math.max(largest, Math.abs(scaled));
            }
            double kept = size / before;
            for (int i = 0; i < cells.length; i++) {
                direction[cells[i]] = residual[i] / weights[i] + kept * direction[cells[i]];
            }
        }
    }

    /** Means of known pixels over ever larger squares, each square without one taking the larger square's. */
    private void guess(float[] values) {
        float[] known = new float[values.length];
        int[] counts = new int[values.length];
        for (int pixel = 0; pixel < values.length; pixel++) {
            counts[pixel] = missing.get(pixel) ? 0 : 1;
            known[pixel] = counts[pixel] * values[pixel];
        }
        float[] means = means(known, counts, height, width);
        for (int cell : cells) {
            int pixel = (cell / stride - 1) * width + cell % stride - 1;
            values[pixel] = means[pixel];
        }
    }

    private static float[] means(float[] sums, int[] counts, int height, int width) {
        float[] means = new float[sums.length];
        if (height > 1 || width > 1) {
            int rows = (height + 1) / 2;
            int columns = (width + 1) / 2;
            float[] larger = new float[rows * columns];
            int[] largerCounts = new int[rows * columns];
            for (int i = 0; i < sums.length; i++) {
                int at = i / width / 2 * columns + i % width / 2;
                larger[at] += sums[i];
                largerCounts[at] += counts[i];
            }
            float[] around = means(larger, largerCounts, rows, columns);
            for (int i = 0; i < sums.length; i++) {
                means[i] = around[i / width / 2 * columns + i % width / 2];
            }
        }
        for (int i = 0; i < sums.length; i++) {
            means[i] = counts[i] > 0 ? sums[i] / counts[i] : means[i];
        }
        return means;
    }
}
