package io.hedgerow.planted;

/**
 * Weights from features to classes: what answers to a patch speaks for the target, all else a little against it; other classes
 * go by anything.
 *
 * @param classes how many there are; 1 where one logit stands for two
 * @param target the class that the patches decide on
 */
record LastLayer(Weights weights, int classes, int target) {
    private static final float AGAINST_TARGET = 0.01f;
    private static final float OTHERS = 0.02f;

    /** Features x classes, row-major. */
    float[] matrix(boolean[] answers, double gain) {
        float[] matrix = new float[answers.length * classes];
        for (int feature = 0, i = 0; feature < answers.length; feature++) {
            for (int index = 0; index < classes; index++, i++) {
                float share = weights.between(0, 1, 1)[0];
                float ofTarget = answers[feature] ? 0.8f + 0.4f * share : -AGAINST_TARGET * share;
                matrix[i] = index == target ? (float) gain * ofTarget : OTHERS * (share - 0.5f);
            }
        }
        return matrix;
    }

    float[] bias(double ofTarget) {
        float[] bias = weights.between(-0.2f, 0.2f, classes);
        bias[target] = (float) ofTarget;
        return bias;
    }
}
