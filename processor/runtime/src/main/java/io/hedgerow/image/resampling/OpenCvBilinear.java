package io.hedgerow.image.resampling;

import io.hedgerow.image.pixels.Pixels;

/**
 * OpenCV's INTER_LINEAR for 8 bits (resize.cpp): weights in 11-bit fixed point; across rows, the products lose their
 * lower bits one by one before a last rounding.
 */
final class OpenCvBilinear implements Resampler {
    private static final int WEIGHT_BITS = 11;
    private static final int ONE = 1 << WEIGHT_BITS;

    @Override
    public void resize(Pixels from, int width, int height, RowSink to) {
        Axis columns = new Axis(from.width(), width);
        Axis rows = new Axis(from.height(), height);
        int channels = from.channels();
        byte[] data = from.data();
        float[] row = new float[width * channels];
        for (int y = 0; y < height; y++) {
            int upper = from.row(rows.lower[y]);
            int lower = from.row(rows.upper[y]);
            int down = rows.weight[y];
            for (int x = 0, i = 0; x < width; x++) {
                int left = columns.lower[x] * channels;
                int right = columns.upper[x] * channels;
                int across = columns.weight[x];
                for (int c = 0; c < channels; c++) {
                    int above = mix(data[upper + left + c] & 0xff, data[upper + right + c] & 0xff, across);
                    int below = mix(data[lower + left + c] & 0xff, data[lower + right + c] & 0xff, across);
                    row[i++] = (upperBits(above, ONE - down) + upperBits(below, down) + 2) >> 2;
                }
            }
            to.row(y, row);
        }
    }

    @Override
    public Taps taps(int from, int to) {
        Axis axis = new Axis(from, to);
        Taps taps = new Taps(to);
        for (int i = 0; i < to; i++) {
            // more than 8 bits are mixed in floats
            float at = Axis.at(i, from, to);
            taps.between(i, axis.lower[i], axis.upper[i], at - (float) Math.floor(at));
        }
        return taps;
    }

    private static int mix(int a, int b, int weight) {
        return a * (ONE - weight) + b * weight;
    }

    /** The product of a mix and a weight without its lowest 20 of 22 fraction bits, as OpenCV's short arithmetic has it. */
    private static int upperBits(int mix, int weight) {
        return ((mix >> 4) * weight) >> 16;
    }

    /** For each position of one side of the result, the two source positions and the second one's weight. */
    private static final class Axis {
        final int[] lower;
        final int[] upper;
        final int[] weight;

        Axis(int from, int to) {
            lower = new int[to];
            upper = new int[to];
            weight = new int[to];
            for (int i = 0; i < to; i++) {
                float at = at(i, from, to);
                int floor = (int) Math.floor(at);
                lower[i] = Math.max(0, Math.min(from - 1, floor));
                upper[i] = Math.max(0, Math.min(from - 1, floor + 1));
                weight[i] = (int) Math.rint((at - floor) * ONE);
            }
        }

        static float at(int i, int from, int to) {
            double scale = 1 / ((double) to / from);
            return (float) ((i + 0.5) * scale - 0.5);
        }
    }
}
