package io.hedgerow.image;

/** Resizes 8-bit pixels. */
interface Resampler {
    /** Computes the rows of the resized picture from the uppermost down; values are 0 to 255. */
    void resize(Pixels from, int width, int height, RowSink to);

    /** By what {@link #resize} mixes along one side, before it rounds. */
    Taps taps(int from, int to);

    /** Takes a row of interleaved samples; the array is used again for the next one. */
    interface RowSink {
        void row(int y, float[] samples);
    }
}
