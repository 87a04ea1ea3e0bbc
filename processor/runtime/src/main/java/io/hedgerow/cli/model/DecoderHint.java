package io.hedgerow.cli.model;

import ai.djl.translate.TranslateException;
import io.hedgerow.compiler.runtime.Attribution;
import io.hedgerow.compiler.runtime.AttributionRequest;
import io.hedgerow.compiler.runtime.CompiledModel;
import io.hedgerow.compiler.runtime.ImageTensor;
import io.hedgerow.image.pixels.Decoding;
import java.util.List;
import java.util.Optional;

/** Tries a few pictures with the other JPEG decoder, and says so where the classifier's numbers depend on it. Single-threaded. */
final class DecoderHint {
    private static final int PICTURES = 3;
    private static final double TELLING = 0.005;

    private final Decoding decoding;
    private int tried;
    private int otherClasses;
    private double furthest;

    DecoderHint(Decoding decoding) {
        this.decoding = decoding;
    }

    /**
     * Compares the predictions for one input, if it is one of the first pictures that decoders read otherwise.
     *
     * @param explained what the input came to
     */
    void compare(InputFiles.Input input, Attribution explained, CompiledModel model) throws TranslateException {
        Optional<ImageTensor> otherwise =
                tried == PICTURES ? Optional.empty() : input.otherwise().get();
        if (otherwise.isEmpty()) {
            return;
        }
        tried++;
        Attribution again = model.apply(List.of(new AttributionRequest(otherwise.get(), AttributionRequest.TOP)))
                .get(0);
        int best = best(explained.scores());
        otherClasses += best(again.scores()) == best ? 0 : 1;
        double one = explained.predictions()[best];
        double other = again.predictions()[best];
        furthest = Math.max(furthest, Math.abs(one - other) / Math.max(1, Math.abs(one)));
    }

    private static int best(float[] scores) {
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            best = scores[i] > scores[best] ? i : best;
        }
        return best;
    }

    /** What to look into; empty if the decoder makes no difference. */
    Optional<String> text() {
        if (otherClasses == 0 && furthest < TELLING) {
            return Optional.empty();
        }
        boolean isAccurate = decoding == Decoding.ACCURATE;
        return Optional.of(
                ("The decoder matters here: of the first %d JPEG picture%s, predictions of the top class differ by up"
                                + " to %.3f, and %d ha%s another top class, if they are decoded as %s. If the classifier's service"
                                + " decodes so, say input: decoder: %s in model.yaml")
                        .formatted(
                                tried,
                                tried == 1 ? "" : "s",
                                furthest,
                                otherClasses,
                                otherClasses == 1 ? "s" : "ve",
                                isAccurate
                                        ? "tf.io.decode_jpeg does at its defaults"
                                        : "Pillow does, or TensorFlow with INTEGER_ACCURATE",
                                isAccurate ? "tensorflow" : "accurate"));
    }
}
