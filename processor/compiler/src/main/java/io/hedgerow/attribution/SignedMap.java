package io.hedgerow.attribution;

/** Relevance per cell, positive for evidence and negative for suppression, and where the cells lie on the image. Immutable. */
public final class SignedMap {
    private final float[] values;
    private final int height;
    private final int width;
    private final MapTransform toImage;

    /**
     * Takes the array, without a copy; nobody may change it afterwards.
     *
     * @param values height × width relevances, row-major
     * @param toImage from cells to pixels of the image
     */
    public SignedMap(float[] values, int height, int width, MapTransform toImage) {
        if (height < 1 || width < 1 || values.length != Math.multiplyFull(height, width)) {
            throw new IllegalArgumentException("%d values for %d x %d cells".formatted(values.length, height, width));
        }
        this.values = values;
        this.height = height;
        this.width = width;
        this.toImage = toImage;
    }

    /** Number of rows. */
    public int height() {
        return height;
    }

    /** Number of columns. */
    public int width() {
        return width;
    }

    /** Number of cells. */
    public int size() {
        return values.length;
    }

    /** Relevance of a cell, counted in row-major order. */
    public float get(int cell) {
        return values[cell];
    }

    /** Relevance of a cell. */
    public float get(int row, int column) {
        return values[row * width + column];
    }

    /** From cells to pixels of the image. */
    public MapTransform toImage() {
        return toImage;
    }

    /** The same relevance in larger cells, each the sum of a square; those at the right and lower edge may be cut. */
    public SignedMap coarsened(int side) {
        if (side == 1) {
            return this;
        }
        int rows = (height + side - 1) / side;
        int columns = (width + side - 1) / side;
        float[] sums = new float[rows * columns];
        for (int row = 0, cell = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                sums[row / side * columns + column / side] += values[cell++];
            }
        }
        return new SignedMap(sums, rows, columns, new MapTransform(side, 0, side, 0).andThen(toImage));
    }

    /**
     * The map under a Gaussian, cut at three sigma and normalised over the cells that there are.
     *
     * @param sigma in cells, above 0
     */
    public SignedMap blurred(double sigma) {
        float[] weights = new float[1 + (int) Math.ceil(3 * sigma)];
        for (int distance = 0; distance < weights.length; distance++) {
            weights[distance] = (float) Math.exp(-distance * distance / (2 * sigma * sigma));
        }
        float[] across = new float[values.length];
        for (int row = 0; row < height; row++) {
            blur(values, across, row * width, 1, width, weights);
        }
        float[] both = new float[values.length];
        for (int column = 0; column < width; column++) {
            blur(across, both, column, width, height, weights);
        }
        return new SignedMap(both, height, width, toImage);
    }

    private static void blur(float[] from, float[] to, int start, int step, int count, float[] weights) {
        for (int i = 0; i < count; i++) {
            float sum = 0;
            float norm = 0;
            int last = Math.min(count - 1, i + weights.length - 1);
            for (int j = Math.max(0, i - weights.length + 1); j <= last; j++) {
                float weight = weights[Math.abs(i - j)];
                sum += weight * from[start + j * step];
                norm += weight;
            }
            to[start + i * step] = sum / norm;
        }
    }
}
