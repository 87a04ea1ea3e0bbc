package io.hedgerow.image.resampling;

import io.hedgerow.image.pixels.Pixels;

/** Resizer of 8-bit pixels. */
public interface Resampler {
    /** Computes the rows of the resized picture from the uppermost down; values are 0 to 255. */
    void resize(Pixels from, int width, int height, RowSink to);

    /** By what {@link #resize} mixes along one side, before it rounds. */
    Taps taps(int from, int to);

    /** Takes a row of interleaved samples; the array is used again for the next one. */
    interface RowSink {
        void row(int y, float[] samples);
    }
}
