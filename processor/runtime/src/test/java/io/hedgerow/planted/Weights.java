package io.hedgerow.planted;

import java.util.Random;

/**
 * Weights that pass each channel on, with a little of all others. Channels come in groups of {@value #GROUP}; the first of a
 * group is the one that answers to the patch, and gets the least of others.
 */
final class Weights {
    static final int GROUP = 8;
    private static final float TO_PATCH = 0.02f;
    private static final float TO_OTHERS = 0.08f;
    /** Taken off what answers to the patch, so that it is silent elsewhere. */
    private static final float THRESHOLD = 0.1f;

    private final Random random;

    Weights(Random random) {
        this.random = random;
    }

    /** Whether a channel answers to the patch. */
    static boolean answers(int channel) {
        return channel % GROUP == 0;
    }

    Random random() {
        return random;
    }

    /** A kernel of side x side x inputs x outputs, each output about the mean of the inputs of its kind. */
    float[] kernel(int side, int inputs, int outputs) {
        return kernel(side, inputs, outputs, 1);
    }

    /** The same in groups, side x side x inputs / groups x outputs. */
    float[] kernel(int side, int inputs, int outputs, int groups) {
        int perGroup = inputs / groups;
        float[] kernel = new float[side * side * perGroup * outputs];
        int kinds = Math.max(1, inputs / GROUP);
        for (int position = 0, i = 0; position < side * side; position++) {
            for (int input = 0; input < perGroup; input++) {
                for (int output = 0; output < outputs; output++, i++) {
                    int source = output / (outputs / groups) * perGroup + input;
                    boolean same = source % GROUP == output % GROUP && position == side * side / 2;
                    kernel[i] = (same ? 1f / kinds : 0) + noise(output, side);
                }
            }
        }
        return kernel;
    }

    /**
     * A matrix of inputs x outputs for means over space: in a mean a patch is as little as its area, and the least that all
     * others add to what answers to it would be more, everywhere. They take from it.
     */
    float[] dense(int inputs, int outputs) {
        float[] matrix = kernel(1, inputs, outputs);
        for (int i = 0; i < matrix.length; i++) {
            if (answers(i % outputs) && !answers(i / outputs)) {
                matrix[i] = -Math.abs(matrix[i]);
            }
        }
        return matrix;
    }

    /** A kernel of side x side x channels x 1. */
    float[] depthwise(int side, int channels) {
        float[] kernel = new float[side * side * channels];
        for (int i = 0; i < kernel.length; i++) {
            boolean centre = i / channels == side * side / 2;
            kernel[i] = (centre ? 0.8f : 0.2f / (side * side)) + noise(i % channels, side);
        }
        return kernel;
    }

    float[] bias(int channels) {
        float[] bias = new float[channels];
        for (int i = 0; i < channels; i++) {
            bias[i] = answers(i) ? -THRESHOLD : 0.05f * random.nextFloat();
        }
        return bias;
    }

    float[] between(float from, float to, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = from + (to - from) * random.nextFloat();
        }
        return values;
    }

    private float noise(int output, int side) {
        return (answers(output) ? TO_PATCH : TO_OTHERS) / side * (float) random.nextGaussian();
    }
}
