package io.hedgerow.compiler.runtime;

import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.tensorflow.engine.SavedModelBundle;
import ai.djl.tensorflow.engine.TfSymbolBlock;
import ai.djl.translate.TranslateException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One signature of a loaded model, ready to run. Signatures of a model share its weights and its session: DJL loads a model
 * with one of them, and a block for each further one is made of the same bundle.
 */
final class LoadedSignature implements AutoCloseable {
    // RATIONALE: Why does each method of a loaded model have a signature of its own?
    /** One for each part of a batch that is computed at the same time, for none is thread-safe. */
    private final List<OfSignature> predictors;

    /**
     * @param methods that the signature explains by, in its order
     * @param lanes how many parts of a batch are computed at the same time at most
     */
    LoadedSignature(Model model, String signature, TensorSpec input, List<PlacedMethod> methods, int lanes) {
        this.predictors = IntStream.range(0, lanes)
                .mapToObj(lane -> new OfSignature(model, signature, new AttributionTranslator(input, methods)))
                .toList();
    }

    private static final class OfSignature extends Predictor<List<AttributionRequest>, List<List<Attribution>>> {
        OfSignature(Model model, String signature, AttributionTranslator translator) {
            super(model, translator, model.getNDManager().getDevice(), false);
            SavedModelBundle bundle = ((TfSymbolBlock) model.getBlock()).getSavedModelBundle();
            this.block = new TfSymbolBlock(bundle, signature);
        }
    }

    /** For each request its attributions, in the order of the methods. */
    List<List<Attribution>> run(int lane, List<AttributionRequest> requests) throws TranslateException {
        return predictors.get(lane).predict(requests);
    }

    @Override
    public void close() {
        predictors.forEach(Predictor::close);
    }
}
