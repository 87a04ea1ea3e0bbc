package io.hedgerow.explain;

/**
 * What one image's explanation is made from.
 *
 * @param scores of all N classes, before softmax or sigmoid
 * @param predictions the model's own output for all N classes
 * @param classes the K classes explained, all resolved to indices from 0
 * @param maps K maps of {@code mapHeight × mapWidth} signed relevances, row-major
 */
@SuppressWarnings("ArrayRecordComponent") // read once per image and never compared
public record Attribution(
        float[] scores, float[] predictions, int[] classes, float[][] maps, int mapHeight, int mapWidth) {}
