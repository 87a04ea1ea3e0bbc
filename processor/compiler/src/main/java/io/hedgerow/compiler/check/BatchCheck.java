package io.hedgerow.compiler.check;

import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.method.NodeNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tensorflow.Tensor;

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

    /** Of the largest value: what no rounding moves, but a size of the batch that scores are divided by. */
    private static final double FAR = 0.1;

    private static final int[] IMAGES = {0, 1};
    private static final int ANOTHER = 2;

    private final Forward forward;
    private final RandomImages random;

    private BatchCheck(Forward forward, RandomImages random) {
        this.forward = forward;
        this.random = random;
    }

    /**
     * Compares.
     *
     * @param features of the reference layers
     * @throws ModelRefusedException if they differ
     */
    static void run(Forward forward, RandomImages random, List<TensorRef> features) {
        BatchCheck check = new BatchCheck(forward, random);
        List<Map<String, float[]>> alone = new ArrayList<>();
        for (int image : IMAGES) {
            alone.add(forward.run(random.unlike(image)));
            features.forEach(tensor -> requireOne(forward.shape(tensor).get(0), tensor));
        }
        Map<String, float[]> together = forward.run(random.unlike(IMAGES));
        for (int image : IMAGES) {
            for (String tensor : Forward.SCORES) {
                check.compare(image, tensor, alone.get(image), together);
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

    private void compare(int image, String tensor, Map<String, float[]> one, Map<String, float[]> together) {
        float[] alone = Objects.requireNonNull(one.get(tensor));
        float[] all = Objects.requireNonNull(together.get(tensor));
        if (all.length != IMAGES.length * alone.length) {
            throw refused("%d images have %d values, one has %d".formatted(IMAGES.length, all.length, alone.length));
        }
        float[] beside = part(all, image);
        double change = change(alone, beside);
        double largest = Math.max(Float.MIN_NORMAL, Math.max(largest(alone), largest(beside)));
        double rounding = ROUNDING * largest(Objects.requireNonNull(one.get(NodeNames.SCORES)));
        if (change > TOLERANCE * largest + rounding
                && !isNudge(change, alone, tensor, image)
                && !(change <= FAR * largest && isOfSizeAlone(change, beside, tensor, image))) {
            throw refused("with another one beside it a random image's change by %.3g, the largest is %.3g"
                    .formatted(change, largest));
        }
    }

    /**
     * Whether the scores move as far by what float32 rounds: a deep network that was never trained may double each
     * rounding in each of its layers. A statistic over the batch moves them while such a nudge does not.
     */
    private boolean isNudge(double change, float[] alone, String tensor, int image) {
        return change(alone, scores(tensor, random.nudged(image))) >= change / 2;
    }

    /**
     * Whether it is all the same which other image there is: float32 adds a million products in another order when there are
     * two images, and of large ones that cancel not much is left that is right.
     */
    private boolean isOfSizeAlone(double change, float[] beside, String tensor, int image) {
        int[] others = IMAGES.clone();
        others[1 - image] = ANOTHER;
        return change(beside, part(scores(tensor, random.unlike(others)), image)) <= change / 10;
    }

    private float[] scores(String tensor, Tensor images) {
        return Objects.requireNonNull(forward.run(images).get(tensor));
    }

    private static float[] part(float[] all, int image) {
        int length = all.length / IMAGES.length;
        return Arrays.copyOfRange(all, image * length, (image + 1) * length);
    }

    private static double largest(float[] values) {
        return change(values, new float[values.length]);
    }

    private static double change(float[] values, float[] others) {
        double change = 0;
        for (int i = 0; i < values.length; i++) {
            change = Math.max(change, Math.abs((double) values[i] - others[i]));
        }
        return change;
    }

    private static ModelRefusedException refused(String what) {
        return new ModelRefusedException(
                "the model's scores of an image depend on the other images of its batch (" + what
                        + "), so a batch can't be explained image by image: save the model so that it computes what it"
                        + " takes of images (a maximum, mean or variance, as in normalisation) for each image, and as"
                        + " for inference (training=False)");
    }
}
