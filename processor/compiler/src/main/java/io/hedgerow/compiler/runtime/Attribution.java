package io.hedgerow.compiler.runtime;

import io.hedgerow.attribution.MapTransform;
import io.hedgerow.attribution.SignedMap;

/**
 * What one image's explanation is made from.
 *
 * @param scores of all N classes, before softmax or sigmoid
 * @param predictions the model's own output for all N classes
 * @param classes the K classes explained, all resolved to indices from 0
 * @param maps K maps of {@code mapHeight × mapWidth} signed relevances, row-major, upright as the image is
 * @param toTensor from cells of the maps to coordinates of the image's tensor: maps needn't reach over all of it
 */
@SuppressWarnings("ArrayRecordComponent") // read once per image and never compared
public record Attribution(
        float[] scores,
        float[] predictions,
        int[] classes,
        float[][] maps,
        int mapHeight,
        int mapWidth,
        MapTransform toTensor) {
    /**
     * A map on its image.
     *
     * @param k which of the classes explained
     * @param tensorToImage from coordinates of the image's tensor to pixels of the image
     */
    public SignedMap map(int k, MapTransform tensorToImage) {
        return new SignedMap(maps[k], mapHeight, mapWidth, toTensor.andThen(tensorToImage));
    }

    /**
     * The same with scores and predictions of both classes, where the model has one output for the two: its score y is that
     * of class 1, and -y that of class 0.
     *
     * @param kind what the output is
     */
    Attribution ofTwoClasses(ScoreKind kind) {
        if (scores.length > 1) {
            return this;
        }
        float score = scores[0];
        float prediction = predictions[0];
        return new Attribution(
                new float[] {-score, score},
                new float[] {
                    switch (kind) {
                        case PROBABILITY -> 1 - prediction;
                        case LOG_PROBABILITY -> (float) Math.log1p(-Math.exp(prediction));
                        case LOGIT, VALUE -> -prediction;
                    },
                    prediction
                },
                classes,
                maps,
                mapHeight,
                mapWidth,
                toTensor);
    }

    /**
     * Checks that it can be shown.
     *
     * @throws ArithmeticException if scores or maps aren't finite
     */
    void requireFinite() {
        requireFinite(scores, "scores");
        for (float[] map : maps) {
            requireFinite(map, "attribution map");
        }
    }

    private static void requireFinite(float[] values, String what) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new ArithmeticException("the model's " + what + " for this image are not finite");
            }
        }
    }
}
