package io.hedgerow.evaluate.metrics;

import io.hedgerow.attribution.MapTransform;
import io.hedgerow.attribution.SignedMap;
import java.util.Arrays;

/** A map on the grid of the model's input, one value a pixel of it, signed. Immutable. */
public final class Relevance {
    private final float[] values;
    private final int height;
    private final int width;

    /** Takes the array, row-major, without a copy; nobody may change it afterwards. */
    public Relevance(float[] values, int height, int width) {
        if (values.length != Math.multiplyFull(height, width)) {
            throw new IllegalArgumentException("%d values for %d x %d".formatted(values.length, height, width));
        }
        this.values = values;
        this.height = height;
        this.width = width;
    }

    /**
     * Brings a map onto the grid: bilinear between the centres of its cells, which stay constant to its edge; nothing beyond.
     *
     * @param map with its place on the grid as its place on an image
     */
    public static Relevance of(SignedMap map, int height, int width) {
        if (map.height() == height && map.width() == width && map.toImage().equals(MapTransform.IDENTITY)) {
            float[] same = new float[map.size()];
            for (int i = 0; i < same.length; i++) {
                same[i] = map.get(i);
            }
            return new Relevance(same, height, width);
        }
        MapTransform toCells = map.toImage().inverse();
        float[] values = new float[height * width];
        for (int y = 0, i = 0; y < height; y++) {
            double down = toCells.y(y + 0.5);
            for (int x = 0; x < width; x++, i++) {
                double across = toCells.x(x + 0.5);
                boolean isCovered = down >= 0 && down <= map.height() && across >= 0 && across <= map.width();
                values[i] = isCovered ? (float) between(map, across - 0.5, down - 0.5) : 0;
            }
        }
        return new Relevance(values, height, width);
    }

    private static double between(SignedMap map, double x, double y) {
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        double above = mixed(cell(map, top, left), cell(map, top, left + 1), x - left);
        double below = mixed(cell(map, top + 1, left), cell(map, top + 1, left + 1), x - left);
        return mixed(above, below, y - top);
    }

    /** Exactly the one where both are equal: plateaus stay plateaus. */
    private static double mixed(double one, double other, double part) {
        return one + (other - one) * part;
    }

    private static double cell(SignedMap map, int row, int column) {
        return map.get(Math.max(0, Math.min(map.height() - 1, row)), Math.max(0, Math.min(map.width() - 1, column)));
    }

    /** As a map in the place that the grid has. */
    public SignedMap placed(MapTransform toImage) {
        return new SignedMap(values, height, width, toImage);
    }

    public int height() {
        return height;
    }

    public int width() {
        return width;
    }

    public int size() {
        return values.length;
    }

    public float get(int pixel) {
        return values[pixel];
    }

    /** Whether all values are finite. */
    public boolean isFinite() {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    /** The same without signs. */
    public Relevance absolute() {
        float[] sizes = new float[values.length];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = Math.abs(values[i]);
        }
        return new Relevance(sizes, height, width);
    }

    /** All values, row by row, to be computed with. */
    public double[] toDoubles() {
        double[] doubles = new double[values.length];
        Arrays.setAll(doubles, i -> values[i]);
        return doubles;
    }

    /** From the most relevant pixel to the least. */
    public Order order(int[] permutation) {
        return Order.of(values, permutation);
    }

    /** Means over rectangles that the grid is divided into, row by row. */
    public float[] means(Cells cells) {
        float[] means = new float[cells.count()];
        for (int cell = 0; cell < means.length; cell++) {
            double sum = 0;
            for (int y = cells.top(cell); y < cells.bottom(cell); y++) {
                for (int x = cells.left(cell); x < cells.right(cell); x++) {
                    sum += values[y * width + x];
                }
            }
            means[cell] = (float) (sum / cells.area(cell));
        }
        return means;
    }

    /** Under a Gaussian of its own width on each axis, cut at four sigma, with the edge's values beyond the edge. */
    public Relevance blurred(double sigmaX, double sigmaY) {
        float[] across = new float[values.length];
        float[] weights = weights(sigmaX);
        for (int row = 0; row < height; row++) {
            blur(values, across, row * width, 1, width, weights);
        }
        float[] both = new float[values.length];
        weights = weights(sigmaY);
        for (int column = 0; column < width; column++) {
            blur(across, both, column, width, height, weights);
        }
        return new Relevance(both, height, width);
    }

    private static float[] weights(double sigma) {
        float[] weights = new float[1 + (int) Math.ceil(4 * sigma)];
        double sum = -1;
        for (int d = 0; d < weights.length; d++) {
            sum += 2 * Math.exp(-d * d / (2 * sigma * sigma));
        }
        for (int d = 0; d < weights.length; d++) {
            weights[d] = (float) (Math.exp(-d * d / (2 * sigma * sigma)) / sum);
        }
        return weights;
    }

    private static void blur(float[] from, float[] to, int start, int step, int count, float[] weights) {
        for (int i = 0; i < count; i++) {
            double sum = weights[0] * (double) from[start + i * step];
            for (int d = 1; d < weights.length; d++) {
                double before = from[start + Math.max(0, i - d) * step];
                double after = from[start + Math.min(count - 1, i + d) * step];
                sum += weights[d] * (before + after);
            }
            to[start + i * step] = (float) sum;
        }
    }
}
