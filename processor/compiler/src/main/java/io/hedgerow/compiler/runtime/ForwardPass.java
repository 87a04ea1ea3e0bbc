package io.hedgerow.compiler.runtime;

import io.hedgerow.attribution.MapTransform;
import io.hedgerow.compiler.api.ExplanationInfo;
import io.hedgerow.compiler.api.Signatures;
import io.hedgerow.compiler.lowering.StampedModel;
import io.hedgerow.engine.TensorFlowDevice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Tensor;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/** The forward pass alone of an explanation SavedModel, loaded on a device. Not thread-safe. */
public final class ForwardPass implements AutoCloseable {
    private final ExplanationInfo info;
    private final TensorSpec input;
    private final SavedModelBundle bundle;
    private final SignatureDef predict;

    private ForwardPass(ExplanationInfo info, TensorSpec input, SavedModelBundle bundle) {
        this.info = info;
        this.input = input;
        this.bundle = bundle;
        this.predict = bundle.metaGraphDef().getSignatureDefOrThrow(Signatures.PREDICT);
    }

    /**
     * Loads it.
     *
     * @param directory of an explanation SavedModel
     * @param input what the model takes, with its free dimensions decided
     * @throws IOException if it can't be read
     */
    public static ForwardPass load(Path directory, TensorSpec input, TensorFlowDevice device) throws IOException {
        ExplanationInfo info = ExplanationInfo.read(directory);
        try (StampedModel stamped = new StampedModel(directory, device)) {
            return new ForwardPass(
                    info,
                    input,
                    SavedModelBundle.loader(stamped.directory().toString())
                            .withTags("serve")
                            .withConfigProto(device.session())
                            .load());
        } catch (TensorFlowException e) {
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
     * Computes a batch at once.
     *
     * @param images so many tensors one after the other from position 0, in native byte order
     * @return for each image what the model says; of a model with one output for two classes, both
     * @throws TensorFlowException if TensorFlow fails
     */
    public List<Outputs> predict(ByteBuffer images, int count) {
        int[] size = input.shape();
        Shape shape = Shape.of(count, size[0], size[1], size[2]);
        ByteBuffer data = images.duplicate().order(images.order());
        data.position(0).limit(count * input.bytes());
        try (Tensor fed = tensor(shape, data);
                Result result = bundle.session()
                        .runner()
                        .feed(predict.getInputsOrThrow("images").getName(), fed)
                        .fetch(predict.getOutputsOrThrow("predictions").getName())
                        .fetch(predict.getOutputsOrThrow("scores").getName())
                        .run()) {
            float[] predictions = floats(result.get(0));
            float[] scores = floats(result.get(1));
            int classes = scores.length / count;
            List<Outputs> outputs = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                outputs.add(outputs(
                        Arrays.copyOfRange(predictions, i * classes, (i + 1) * classes),
                        Arrays.copyOfRange(scores, i * classes, (i + 1) * classes)));
            }
            return outputs;
        }
    }

    private Outputs outputs(float[] predictions, float[] scores) {
        if (info.classes() != 2 || scores.length > 1) {
            return new Outputs(predictions, scores);
        }
        Attribution both = new Attribution(scores, predictions, new int[0], new float[0][], 1, 1, MapTransform.IDENTITY)
                .ofTwoClasses(OutputKinds.of(info.output().kind()));
        return new Outputs(both.predictions(), both.scores());
    }

    private Tensor tensor(Shape shape, ByteBuffer data) {
        return input.type() == ElementType.UINT8
                ? TUint8.tensorOf(shape, DataBuffers.of(data))
                : TFloat32.tensorOf(shape, DataBuffers.of(data.asFloatBuffer()));
    }

    private static float[] floats(Tensor tensor) {
        float[] values = new float[Math.toIntExact(tensor.shape().size())];
        FloatDataBuffer buffer = DataBuffers.of(values, false, false);
        ((TFloat32) tensor).copyTo(buffer);
        return values;
    }

    @Override
    public void close() {
        bundle.close();
    }
}
