package io.hedgerow.compiler.check;

import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.method.NodeNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An image's scores alone against its scores with another image beside it: maps of a batch could not be those of its images
 * if the model mixes them.
 */
final class BatchCheck {
    /**
     * Of the largest value: far more than float32's rounding, which depends on the batch, and far less than what a statistic
     * over images as unlike as these changes.
     */
    private static final double TOLERANCE = 1e-2;

    /** Of the scores: what float32 may lose of them, for logarithms of probabilities are small differences of large scores. */
    private static final double ROUNDING = 1e-5;

    private BatchCheck() {}

    /**
     * Compares.
     *
     * @param features of the reference layers
     * @throws ModelRefusedException if they differ
     */
    static void run(Forward forward, RandomImages random, List<TensorRef> features) {
        List<Map<String, float[]>> alone = new ArrayList<>();
        for (int image = 0; image < RandomImages.UNLIKE; image++) {
            alone.add(forward.run(random.unlike(image, 1)));
            features.forEach(tensor -> requireOne(forward.shape(tensor).get(0), tensor));
        }
        Map<String, float[]> together = forward.run(random.unlike(0, RandomImages.UNLIKE));
        for (int image = 0; image < RandomImages.UNLIKE; image++) {
            Map<String, float[]> one = alone.get(image);
            double rounding = ROUNDING * largest(one);
            for (String tensor : Forward.SCORES) {
                float[] values = Objects.requireNonNull(one.get(tensor));
                float[] beside = Objects.requireNonNull(together.get(tensor));
                String refusal = difference(values, beside, image, rounding);
                if (!refusal.isEmpty() && !isRounding(forward, random, image, tensor, values, beside)) {
                    throw refused(refusal);
                }
            }
        }
    }

    /** An image must be one all the way: its parts as a batch of their own could not be told from images. */
    private static void requireOne(long parts, TensorRef tensor) {
        if (parts != 1) {
            throw new ModelRefusedException(
                    ("the model cuts each image into %d, which go through the network as a batch of their own"
                                    + " (node '%s'), and relevance can't be followed back from there: save the part of the"
                                    + " model that takes one of them, and have it explain each by itself")
                            .formatted(parts, tensor));
        }
    }

    private static double largest(Map<String, float[]> found) {
        double largest = 0;
        for (float score : Objects.requireNonNull(found.get(NodeNames.SCORES))) {
            largest = Math.max(largest, Math.abs(score));
        }
        return largest;
    }

    /** What is wrong; empty if nothing is. */
    private static String difference(float[] alone, float[] together, int image, double rounding) {
        if (together.length != RandomImages.UNLIKE * alone.length) {
            return "%d images have %d values, one has %d".formatted(RandomImages.UNLIKE, together.length, alone.length);
        }
        double largest = Float.MIN_NORMAL;
        double difference = 0;
        for (int i = 0; i < alone.length; i++) {
            double beside = together[image * alone.length + i];
            largest = Math.max(largest, Math.max(Math.abs(alone[i]), Math.abs(beside)));
            difference = Math.max(difference, Math.abs(alone[i] - beside));
        }
        if (difference > TOLERANCE * largest + rounding) {
            return "with another one beside it a random image's change by %.3g, the largest is %.3g"
                    .formatted(difference, largest);
        }
        return "";
    }

    /**
     * Whether the scores move as far by what float32 rounds: a deep network that was never trained may double each
     * rounding in each of its layers. A statistic over the batch moves them while such a nudge does not.
     */
    private static boolean isRounding(
            Forward forward, RandomImages random, int image, String tensor, float[] alone, float[] together) {
        if (together.length != RandomImages.UNLIKE * alone.length) {
            return false;
        }
        float[] nudged =
                Objects.requireNonNull(forward.run(random.nudged(image)).get(tensor));
        double byBatch = 0;
        double byNudge = 0;
        for (int i = 0; i < alone.length; i++) {
            byBatch = Math.max(byBatch, Math.abs((double) alone[i] - together[image * alone.length + i]));
            byNudge = Math.max(byNudge, Math.abs((double) alone[i] - nudged[i]));
        }
        return byNudge >= byBatch / 2;
    }

    private static ModelRefusedException refused(String what) {
        return new ModelRefusedException(
                "the model's scores of an image depend on the other images of its batch (" + what
                        + "), so a batch can't be explained image by image: save the model so that it computes what it"
                        + " takes of images (a maximum, mean or variance, as in normalisation) for each image, and as"
                        + " for inference (training=False)");
    }
}
