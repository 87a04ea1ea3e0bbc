package io.hedgerow.compiler.runtime;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.inference.Predictor;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import io.hedgerow.compiler.Placements;
import io.hedgerow.compiler.api.ExplanationInfo;
import io.hedgerow.compiler.api.Placement;
import io.hedgerow.compiler.api.Signatures;
import io.hedgerow.compiler.lowering.StampedModel;
import io.hedgerow.engine.TensorFlowDevice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.proto.ConfigProto;

/**
 * An explanation SavedModel loaded on a device. Not thread-safe: one thread explains, and closes when it is done, for a
 * model closed under a running batch would take the process down.
 */
public final class CompiledModel implements AutoCloseable {
    private final ExplanationInfo info;
    private final TensorSpec input;
    private final ZooModel<List<AttributionRequest>, List<Attribution>> model;
    /** One for each part of a batch that is computed at the same time, for it is not thread-safe. */
    private final List<Predictor<List<AttributionRequest>, List<Attribution>>> predictors;

    private final SplitBatch parts;

    private CompiledModel(
            ExplanationInfo info,
            TensorSpec input,
            ZooModel<List<AttributionRequest>, List<Attribution>> model,
            List<Placement> placements,
            SplitBatch parts) {
        this.info = info;
        this.input = input;
        this.model = model;
        this.parts = parts;
        this.predictors = IntStream.range(0, parts.lanes())
                .mapToObj(lane -> model.newPredictor(new AttributionTranslator(input, placements)))
                .toList();
    }

    /**
     * Loads a compiled model.
     *
     * @param directory of an explanation SavedModel
     * @param input what the model takes, with its free dimensions decided
     * @param device where all of it is computed
     * @throws io.hedgerow.compiler.api.ModelRefusedException if it can't be explained on pictures of that size
     * @throws IOException if it can't be read, or there is no such device
     */
    @SuppressWarnings("unchecked")
    public static CompiledModel load(Path directory, TensorSpec input, TensorFlowDevice device) throws IOException {
        if (!device.exists()) {
            throw new IOException("there is no device %s; TensorFlow finds %d GPUs"
                    .formatted(device, TensorFlowDevice.gpus().size()));
        }
        ConfigProto session = device.session();
        ExplanationInfo info = ExplanationInfo.read(directory);
        List<Placement> placements = Placements.of(info, directory, input.height(), input.width());
        try (StampedModel stamped = new StampedModel(directory, device)) {
            var criteria = Criteria.builder()
                    .setTypes((Class<List<AttributionRequest>>) (Class<?>) List.class, (Class<List<Attribution>>)
                            (Class<?>) List.class)
                    .optEngine("TensorFlow")
                    // where requests and results are; the graph says itself where it is computed
                    .optDevice(Device.cpu())
                    .optModelPath(stamped.directory())
                    .optOption("SignatureDefKey", Signatures.EXPLAIN)
                    .optOption("ConfigProto", Base64.getEncoder().encodeToString(session.toByteArray()))
                    // DJL asks for one; each predictor brings its own
                    .optTranslator(new AttributionTranslator(input, placements))
                    .build();
            return new CompiledModel(info, input, criteria.loadModel(), placements, SplitBatch.on(device));
        } catch (ModelNotFoundException | MalformedModelException | TensorFlowException e) {
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
    public List<Attribution> apply(List<AttributionRequest> requests) throws TranslateException {
        List<Attribution> attributions;
        int maps = requests.stream()
                .mapToInt(request -> request.classes().length)
                .max()
                .orElseThrow();
        try {
            attributions = parts.compute(requests.size(), maps, (lane, from, to) -> predictors
                    .get(lane)
                    .predict(requests.subList(from, to)));
        } catch (TensorFlowException e) {
            throw new TranslateException(e.getMessage(), e);
        }
        attributions.forEach(CompiledModel::requireFinite);
        return info.classes() == 2
                ? attributions.stream()
                        .map(one ->
                                one.ofTwoClasses(OutputKinds.of(info.output().kind())))
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
        parts.close();
        predictors.forEach(Predictor::close);
        model.close();
    }
}
