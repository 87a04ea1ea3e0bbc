package io.hedgerow.image.resampling;

import io.hedgerow.image.pixels.Pixels;

/**
 * TensorFlow's ResizeBilinear with half_pixel_centers (image_resizer_state.h, resize_bilinear_op.cc). Positions are
 * computed in 32-bit floats as there: in a picture thousands of pixels wide their rounding moves a sharp edge by a
 * visible fraction of a level.
 */
final class TensorFlowBilinear implements Resampler {
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
            float down = rows.fraction[y];
            for (int x = 0, i = 0; x < width; x++) {
                int left = columns.lower[x] * channels;
                int right = columns.upper[x] * channels;
                float across = columns.fraction[x];
                for (int c = 0; c < channels; c++) {
                    float above = lerp(data[upper + left + c] & 0xff, data[upper + right + c] & 0xff, across);
                    float below = lerp(data[lower + left + c] & 0xff, data[lower + right + c] & 0xff, across);
                    row[i++] = lerp(above, below, down);
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
            taps.between(i, axis.lower[i], axis.upper[i], axis.fraction[i]);
        }
        return taps;
    }

    private static float lerp(float a, float b, float fraction) {
        return a + (b - a) * fraction;
    }

    /** For each position of one side of the result, the two source positions and how far it lies between them. */
    private static final class Axis {
        final int[] lower;
        final int[] upper;
        final float[] fraction;

        Axis(int from, int to) {
            lower = new int[to];
            upper = new int[to];
            fraction = new float[to];
            float scale = from / (float) to;
            for (int i = 0; i < to; i++) {
                float at = (i + 0.5f) * scale - 0.5f;
                float floor = (float) Math.floor(at);
                lower[i] = Math.max(0, (int) floor);
                upper[i] = Math.min(from - 1, (int) Math.ceil(at));
                fraction[i] = at - floor;
            }
        }
    }
}
