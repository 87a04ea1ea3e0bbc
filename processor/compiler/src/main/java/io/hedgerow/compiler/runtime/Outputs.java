package io.hedgerow.compiler.runtime;

/**
 * What a model says of one image.
 *
 * @param predictions its own output for all classes
 * @param scores of all classes before softmax or sigmoid
 */
@SuppressWarnings("ArrayRecordComponent") // read once per image and never compared
public record Outputs(float[] predictions, float[] scores) {
    /** The class with the highest score; of equal ones the first. */
    public int top() {
        int top = 0;
        for (int i = 1; i < scores.length; i++) {
            top = scores[i] > scores[top] ? i : top;
        }
        return top;
    }

    /** 1 for the class with the highest score, 2 for the next, and so on; equal ones share the better rank. */
    public int rank(int index) {
        int rank = 1;
        for (float score : scores) {
            rank += score > scores[index] ? 1 : 0;
        }
        return rank;
    }

    /** Whether all numbers are finite. */
    public boolean isFinite() {
        for (int i = 0; i < scores.length; i++) {
            if (!Float.isFinite(scores[i]) || !Float.isFinite(predictions[i])) {
                return false;
            }
        }
        return true;
    }
}
