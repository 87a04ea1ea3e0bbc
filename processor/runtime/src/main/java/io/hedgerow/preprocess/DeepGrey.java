package io.hedgerow.preprocess;

import io.hedgerow.attribution.Box;
import io.hedgerow.image.resampling.Resampler;
import io.hedgerow.image.resampling.Taps;

/**
 * A part of a 16-bit grey picture. Resized, it is not rounded: levels divided by 257, so that they reach from 0 to 255 as
 * those of 8 bits do, keep their fractions.
 */
final class DeepGrey {
    // RATIONALE: Why is 16-bit greyscale resized without rounding?
    /** 65,535 / 255. */
    private static final float LEVEL = 257;

    private final char[] levels;
    private final int pictureWidth;
    private final Box part;

    /**
     * @param levels of the whole picture, row by row
     * @param part the part, within the picture
     */
    DeepGrey(char[] levels, int pictureWidth, Box part) {
        this.levels = levels;
        this.pictureWidth = pictureWidth;
        this.part = part;
    }

    /** Resizes at the positions and by the weights of a resampler. */
    void resize(Resampler by, int width, int height, Resampler.RowSink to) {
        Taps columns = by.taps(part.width(), width);
        Taps rows = by.taps(part.height(), height);
        float[] mixed = new float[part.width()];
        float[] row = new float[width];
        for (int y = 0; y < height; y++) {
            mix(rows.first(y), rows.weights(y), mixed);
            for (int x = 0; x < width; x++) {
                float[] weights = columns.weights(x);
                int first = columns.first(x);
                float sum = 0;
                for (int k = 0; k < weights.length; k++) {
                    sum += weights[k] * mixed[first + k];
                }
                row[x] = Math.min(255, sum / LEVEL);
            }
            to.row(y, row);
        }
    }

    private void mix(int first, float[] weights, float[] into) {
        for (int x = 0; x < into.length; x++) {
            float sum = 0;
            for (int k = 0, at = (part.y() + first) * pictureWidth + part.x() + x; k < weights.length; k++) {
                sum += weights[k] * levels[at];
                at += pictureWidth;
            }
            into[x] = sum;
        }
    }
}
