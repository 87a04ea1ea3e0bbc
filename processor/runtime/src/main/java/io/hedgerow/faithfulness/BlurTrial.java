package io.hedgerow.faithfulness;

import io.hedgerow.compiler.runtime.Attribution;
import io.hedgerow.compiler.runtime.AttributionRequest;
import io.hedgerow.compiler.runtime.ImageTensor;
import io.hedgerow.device.Batched;
import io.hedgerow.models.ExplainableModel;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Trial of one event's evidence, prepared before its map is there, so that a device waits for no blur. Thread-safe. */
public final class BlurTrial {
    private final Draw draw;
    private final TensorBlur blur;

    BlurTrial(Draw draw, ImageTensor image) {
        this.draw = draw;
        this.blur = new TensorBlur(image);
    }

    /**
     * Has the model score both copies, in its device's next batch. Is short, and may run on the device's thread.
     *
     * @param attribution of the picture as it is
     * @return completes with nothing if there is no evidence for the class that was decided, or if its map is of fewer than 16
     *     cells; with what the device throws
     */
    public CompletableFuture<Optional<Faithfulness>> run(ExplainableModel model, Attribution attribution) {
        int decided = top(attribution.scores());
        int k = place(decided, attribution.classes());
        if (k < 0) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        CellMap map = CellMap.of(attribution, k);
        CellSet evidence = CellSet.evidence(map.map());
        if (evidence.isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        float score = attribution.scores()[decided];
        return score(model, blur.without(evidence, map), decided)
                .thenCombine(
                        score(model, blur.without(evidence.elsewhere(draw), map), decided),
                        (without, elsewhere) -> Optional.of(
                                new Faithfulness(decided, evidence.share(), score - without, score - elsewhere)));
    }

    private static CompletableFuture<Float> score(ExplainableModel model, ImageTensor picture, int classIndex) {
        return model.submitNext(new AttributionRequest(picture))
                .thenApply(Batched::value)
                .thenApply(outputs -> outputs.scores()[classIndex]);
    }

    private static int top(float[] scores) {
        int top = 0;
        for (int at = 1; at < scores.length; at++) {
            top = scores[at] > scores[top] ? at : top;
        }
        return top;
    }

    private static int place(int classIndex, int[] classes) {
        for (int k = 0; k < classes.length; k++) {
            if (classes[k] == classIndex) {
                return k;
            }
        }
        return -1;
    }
}
