package io.hedgerow.image.resampling;

/**
 * Weights by which one side of a picture is resized: for each position of the result, neighbouring source positions and their
 * weights, which sum to 1.
 */
public final class Taps {
    private final int[] first;
    private final float[][] weights;

    /** @param size positions of the result */
    Taps(int size) {
        first = new int[size];
        weights = new float[size][];
    }

    /**
     * Says what a position of the result is mixed of.
     *
     * @param from the first source position
     * @param shares weights of it and of those that follow
     */
    void set(int index, int from, float[] shares) {
        first[index] = from;
        weights[index] = shares;
    }

    /**
     * The same for one or two source positions.
     *
     * @param fraction the weight of the second
     */
    void between(int index, int lower, int upper, float fraction) {
        set(index, lower, lower == upper ? new float[] {1} : new float[] {1 - fraction, fraction});
    }

    public int first(int index) {
        return first[index];
    }

    public float[] weights(int index) {
        return weights[index];
    }
}
