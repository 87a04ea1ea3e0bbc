package io.hedgerow.image.resampling;

import io.hedgerow.image.pixels.Pixels;

/**
 * Pillow's BILINEAR for 8 bits (Resample.c): a triangle filter that widens with the scale, first along rows, then along
 * columns, weights in 22-bit fixed point, each pass rounded to 8 bits.
 */
public final class PilBilinear implements Resampler {
    private static final int WEIGHT_BITS = 22;
    private static final int HALF = 1 << (WEIGHT_BITS - 1);

    @Override
    public void resize(Pixels from, int width, int height, RowSink to) {
        byte[] narrowed = alongRows(from, new Axis(from.width(), width));
        Axis rows = new Axis(from.height(), height);
        int stride = width * from.channels();
        float[] row = new float[stride];
        for (int y = 0; y < height; y++) {
            int[] weights = rows.weights[y];
            int first = rows.first[y] * stride;
            for (int i = 0; i < stride; i++) {
                int sum = HALF;
                for (int k = 0, at = first + i; k < weights.length; k++, at += stride) {
                    sum += weights[k] * (narrowed[at] & 0xff);
                }
                row[i] = level(sum);
            }
            to.row(y, row);
        }
    }

    @Override
    public Taps taps(int from, int to) {
        Axis axis = new Axis(from, to);
        Taps taps = new Taps(to);
        for (int i = 0; i < to; i++) {
            float[] weights = new float[axis.weights[i].length];
            for (int k = 0; k < weights.length; k++) {
                weights[k] = (float) axis.weights[i][k] / (1 << WEIGHT_BITS);
            }
            taps.set(i, axis.first[i], weights);
        }
        return taps;
    }

    private static byte[] alongRows(Pixels from, Axis columns) {
        int channels = from.channels();
        int width = columns.first.length;
        byte[] data = from.data();
        byte[] result = new byte[width * from.height() * channels];
        for (int y = 0, i = 0; y < from.height(); y++) {
            for (int x = 0; x < width; x++) {
                int[] weights = columns.weights[x];
                int first = from.row(y) + columns.first[x] * channels;
                for (int c = 0; c < channels; c++) {
                    int sum = HALF;
                    for (int k = 0, at = first + c; k < weights.length; k++, at += channels) {
                        sum += weights[k] * (data[at] & 0xff);
                    }
                    result[i++] = (byte) level(sum);
                }
            }
        }
        return result;
    }

    private static int level(int sum) {
        return Math.max(0, Math.min(255, sum >> WEIGHT_BITS));
    }

    /** For each position of one side of the result, the first source position and the weights from there on. */
    private static final class Axis {
        final int[] first;
        final int[][] weights;

        Axis(int from, int to) {
            first = new int[to];
            weights = new int[to][];
            double scale = (double) from / to;
            double support = Math.max(1, scale);
            for (int i = 0; i < to; i++) {
                double centre = (i + 0.5) * scale;
                int low = Math.max(0, (int) (centre - support + 0.5));
                int high = Math.min(from, (int) (centre + support + 0.5));
                first[i] = low;
                weights[i] = triangle(low, high, centre, support);
            }
        }

        private static int[] triangle(int low, int high, double centre, double support) {
            double[] exact = new double[high - low];
            double sum = 0;
            for (int k = 0; k < exact.length; k++) {
                exact[k] = Math.max(0, 1 - Math.abs((low + k - centre + 0.5) / support));
                sum += exact[k];
            }
            int[] fixed = new int[exact.length];
            for (int k = 0; k < fixed.length; k++) {
                fixed[k] = (int) (0.5 + exact[k] / sum * (1 << WEIGHT_BITS));
            }
            return fixed;
        }
    }
}
