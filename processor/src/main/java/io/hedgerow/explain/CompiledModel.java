package io.hedgerow.explain;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.inference.Predictor;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import io.hedgerow.compiler.ExplanationInfo;
import io.hedgerow.compiler.Signatures;
import io.hedgerow.engine.TensorFlowRuntime;
import io.hedgerow.image.TensorSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * An explanation SavedModel loaded on a device. Not thread-safe: one thread explains, and closes when it is done, for a
 * model closed under a running batch would take the process down.
 */
public final class CompiledModel implements BatchFunction<AttributionRequest, Attribution>, AutoCloseable {
    private final ExplanationInfo info;
    private final TensorSpec input;
    private final ZooModel<List<AttributionRequest>, List<Attribution>> model;
    private final Predictor<List<AttributionRequest>, List<Attribution>> predictor;

    private CompiledModel(
            ExplanationInfo info, TensorSpec input, ZooModel<List<AttributionRequest>, List<Attribution>> model) {
        this.info = info;
        this.input = input;
        this.model = model;
        this.predictor = model.newPredictor();
    }

    /**
     * Loads a compiled model.
     *
     * @param directory of an explanation SavedModel
     * @param input what the model takes, with its free dimensions decided
     * @throws IOException if it can't be read
     */
    @SuppressWarnings("unchecked")
    public static CompiledModel load(Path directory, TensorSpec input, Device device) throws IOException {
        TensorFlowRuntime.start();
        ExplanationInfo info = ExplanationInfo.read(directory);
        var criteria = Criteria.builder()
                .setTypes((Class<List<AttributionRequest>>) (Class<?>) List.class, (Class<List<Attribution>>)
                        (Class<?>) List.class)
                .optEngine("TensorFlow")
                .optDevice(device)
                .optModelPath(directory)
                .optOption("SignatureDefKey", Signatures.EXPLAIN)
                .optTranslator(new AttributionTranslator(input))
                .build();
        try {
            return new CompiledModel(info, input, criteria.loadModel());
        } catch (ModelNotFoundException | MalformedModelException e) {
            throw new IOException("the compiled model in " + directory + " can't be loaded: " + e.getMessage(), e);
        }
    }

    public ExplanationInfo info() {
        return info;
    }

    public TensorSpec input() {
        return input;
    }

    /**
     * Explains a batch.
     *
     * @return for each request its attribution; a batch gives what its images give one by one
     * @throws TranslateException if TensorFlow fails
     * @throws ArithmeticException if scores or maps aren't finite
     */
    @Override
    public List<Attribution> apply(List<AttributionRequest> requests) throws TranslateException {
        List<Attribution> attributions = predictor.predict(requests);
        attributions.forEach(CompiledModel::requireFinite);
        return info.classes() == 2
                ? attributions.stream()
                        .map(one -> one.ofTwoClasses(info.output().activation().equals("none")))
                        .toList()
                : attributions;
    }

    private static void requireFinite(Attribution attribution) {
        requireFinite(attribution.scores(), "scores");
        for (float[] map : attribution.maps()) {
            requireFinite(map, "attribution map");
        }
    }

    private static void requireFinite(float[] values, String what) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new ArithmeticException("the model's " + what + " for this image are not finite");
            }
        }
    }

    @Override
    public void close() {
        predictor.close();
        model.close();
    }
}
