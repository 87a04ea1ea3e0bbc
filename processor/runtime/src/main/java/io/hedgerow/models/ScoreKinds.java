package io.hedgerow.models;

import io.hedgerow.compiler.runtime.Attribution;
import io.hedgerow.compiler.runtime.ScoreKind;

/**
 * What a model's numbers are.
 *
 * @param output its own output
 * @param logged the scores that events log
 * @param single whether one score stands for two classes, 0 and 1
 */
public record ScoreKinds(ScoreKind output, ScoreKind logged, boolean single) {

    /** A model whose output is logged as it is. */
    public static ScoreKinds of(ScoreKind output) {
        return new ScoreKinds(output, output, false);
    }

    /**
     * What would be logged of an image: the model's output, or what it comes to as the kind that is logged. Of logits
     * probabilities come by softmax, or by sigmoid where there is one.
     *
     * @return one number for each class
     */
    public float[] logged(Attribution attribution) {
        if (logged == output || logged == ScoreKind.VALUE) {
            return attribution.predictions();
        }
        if (logged == ScoreKind.LOGIT) {
            return attribution.scores();
        }
        double[] probabilities = probabilities(attribution);
        float[] numbers = new float[probabilities.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) (logged == ScoreKind.PROBABILITY ? probabilities[i] : Math.log(probabilities[i]));
        }
        return numbers;
    }

    private double[] probabilities(Attribution attribution) {
        float[] predictions = attribution.predictions();
        double[] probabilities = new double[predictions.length];
        double sum = 0;
        for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] = switch (output) {
                case PROBABILITY -> predictions[i];
                case LOG_PROBABILITY -> Math.exp(predictions[i]);
                case LOGIT, VALUE ->
                    single
                            ? 1 / (1 + Math.exp(-predictions[i]))
                            : Math.exp(predictions[i] - (double) largest(predictions));
            };
            sum += probabilities[i];
        }
        boolean isSoftmax = !single && (output == ScoreKind.LOGIT || output == ScoreKind.VALUE);
        for (int i = 0; isSoftmax && i < probabilities.length; i++) {
            probabilities[i] /= sum;
        }
        return probabilities;
    }

    private static float largest(float[] values) {
        float largest = values[0];
        for (float value : values) {
            largest = Math.max(largest, value);
        }
        return largest;
    }
}
