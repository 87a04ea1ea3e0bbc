package io.hedgerow.evaluate.perturbation;

import io.hedgerow.compiler.runtime.Outputs;

/** What the model says of a picture that was asked for, of its subject's classes; there once the forward passes have run. */
public final class Ticket {
    private float[] predictions = new float[0];
    private float[] scores = new float[0];
    private int top = -1;

    void answer(Outputs outputs, int[] classes) {
        predictions = new float[classes.length];
        scores = new float[classes.length];
        for (int k = 0; k < classes.length; k++) {
            predictions[k] = outputs.predictions()[classes[k]];
            scores[k] = outputs.scores()[classes[k]];
        }
        top = outputs.top();
    }

    /** The model's own output for the subject's k-th class. */
    public double prediction(int k) {
        return predictions[k];
    }

    /** The score before softmax or sigmoid of the subject's k-th class. */
    public double score(int k) {
        return scores[k];
    }

    /** The class with the highest score. */
    public int top() {
        return top;
    }
}
