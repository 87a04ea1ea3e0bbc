package io.hedgerow.compiler.runtime;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import io.hedgerow.compiler.lowering.StampedModel;
import io.hedgerow.engine.TensorFlowDevice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.proto.ConfigProto;

/** Loads an explanation SavedModel on a device, by DJL's TensorFlow engine. */
final class ModelLoader {
    private final Path directory;
    private final TensorFlowDevice device;

    /**
     * Takes the SavedModel's folder.
     *
     * @throws IOException if there is no such device
     */
    ModelLoader(Path directory, TensorFlowDevice device) throws IOException {
        if (!device.exists()) {
            throw new IOException("there is no device %s; TensorFlow finds %d GPUs"
                    .formatted(device, TensorFlowDevice.gpus().size()));
        }
        this.directory = directory;
        this.device = device;
    }

    /**
     * Loads it.
     *
     * @param signature that the model's own predictors run
     * @throws IOException if it can't be read
     */
    @SuppressWarnings("unchecked")
    ZooModel<List<AttributionRequest>, List<List<Attribution>>> load(
            String signature, TensorSpec input, List<PlacedMethod> methods) throws IOException {
        ConfigProto session = device.session();
        try (StampedModel stamped = new StampedModel(directory, device)) {
            var criteria = Criteria.builder()
                    .setTypes((Class<List<AttributionRequest>>) (Class<?>) List.class, (Class<List<List<Attribution>>>)
                            (Class<?>) List.class)
                    .optEngine("TensorFlow")
                    // where requests and results are; the graph says itself where it is computed
                    .optDevice(Device.cpu())
                    .optModelPath(stamped.directory())
                    .optOption("SignatureDefKey", signature)
                    .optOption("ConfigProto", Base64.getEncoder().encodeToString(session.toByteArray()))
                    // DJL asks for one; each predictor brings its own
                    .optTranslator(new AttributionTranslator(input, methods))
                    .build();
            return criteria.loadModel();
        } catch (ModelNotFoundException | MalformedModelException | TensorFlowException e) {
            throw new IOException("the compiled model in " + directory + " can't be loaded: " + e.getMessage(), e);
        }
    }
}
