package io.hedgerow.bench;

import ai.djl.translate.TranslateException;
import io.hedgerow.compiler.api.ExplanationInfo;
import io.hedgerow.compiler.api.Signatures;
import io.hedgerow.compiler.lowering.StampedModel;
import io.hedgerow.compiler.runtime.SplitBatch;
import io.hedgerow.engine.TensorFlowDevice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;

/**
 * Both signatures of one explanation SavedModel in one session, set up as a loaded model's is, timed on random images. For
 * one thread.
 */
final class ModelSession implements AutoCloseable {
    private static final int DEFAULT_SIZE = 224;

    /** What is fed: images, and classes of each. */
    private record Size(int images, int classes) {}

    private final ExplanationInfo info;
    private final SavedModelBundle bundle;
    private final SplitBatch parts;
    private final SignatureDef predict;
    private final SignatureDef explain;
    /** Made once: making them takes longer than some models do. */
    private final Map<Size, Map<String, Tensor>> inputs = new ConcurrentHashMap<>();

    ModelSession(Path compiled, ExplanationInfo info) throws IOException {
        this.info = info;
        TensorFlowDevice device = TensorFlowDevice.best().get(0);
        parts = SplitBatch.on(device);
        try (StampedModel stamped = new StampedModel(compiled, device)) {
            bundle = SavedModelBundle.loader(stamped.directory().toString())
                    .withTags("serve")
                    .withConfigProto(device.session())
                    .load();
        }
        predict = bundle.metaGraphDef().getSignatureDefOrThrow(Signatures.PREDICT);
        explain = bundle.metaGraphDef().getSignatureDefOrThrow(Signatures.EXPLAIN);
    }

    /** Seconds that a forward pass of so many images takes. */
    double predict(int images) {
        Map<String, Tensor> fed = inputs(images, 1);
        long start = System.nanoTime();
        run(predict, fed);
        return (System.nanoTime() - start) / 1e9;
    }

    /** Seconds that explaining so many classes of so many images takes, in parts as a loaded model does. */
    double explain(int images, int classes) throws IOException {
        try {
            long start = System.nanoTime();
            parts.compute(images, classes, (lane, from, to) -> {
                run(explain, inputs(to - from, classes));
                return List.of();
            });
            return (System.nanoTime() - start) / 1e9;
        } catch (TranslateException e) {
            throw new IOException("the model does not run: " + e.getMessage(), e);
        }
    }

    private void run(SignatureDef signature, Map<String, Tensor> fed) {
        Session.Runner runner = bundle.session().runner();
        signature.getInputsMap().forEach((key, tensor) -> {
            Tensor input = fed.get(key);
            if (input != null) {
                runner.feed(tensor.getName(), input);
            }
        });
        signature.getOutputsMap().values().forEach(tensor -> runner.fetch(tensor.getName()));
        runner.run().close();
    }

    private Map<String, Tensor> inputs(int images, int classes) {
        return inputs.computeIfAbsent(new Size(images, classes), this::inputs);
    }

    private Map<String, Tensor> inputs(Size size) {
        Map<String, Tensor> made = new HashMap<>();
        made.put("images", images(info, size.images()));
        // Any classes cost the same: the top one, so often.
        made.put("classes", TInt32.tensorOf(Shape.of(size.images(), size.classes()), t -> t.scalars()
                .forEach(s -> s.setInt(Signatures.TOP))));
        info.method()
                .imageParameters()
                .forEach(one -> made.put(
                        Signatures.imageParameter(one.name()),
                        TFloat32.tensorOf(
                                Shape.of(size.images()), t -> t.scalars().forEach(s -> s.setFloat(one.usual())))));
        return made;
    }

    private static Tensor images(ExplanationInfo info, int batch) {
        ExplanationInfo.Input input = info.input();
        long height = size(input.height());
        long width = size(input.width());
        long channels = Math.max(1, input.channels());
        Shape shape = input.channelsFirst()
                ? Shape.of(batch, channels, height, width)
                : Shape.of(batch, height, width, channels);
        SplittableRandom random = new SplittableRandom(1);
        int elements = Math.toIntExact(shape.size());
        if (input.type().equals("DT_UINT8")) {
            byte[] values = new byte[elements];
            random.nextBytes(values);
            return TUint8.tensorOf(shape, DataBuffers.of(values, true, false));
        }
        float[] values = new float[elements];
        for (int i = 0; i < elements; i++) {
            values[i] = random.nextInt(256);
        }
        return TFloat32.tensorOf(shape, DataBuffers.of(values, true, false));
    }

    private static long size(long dimension) {
        return dimension < 0 ? DEFAULT_SIZE : dimension;
    }

    @Override
    public void close() {
        parts.close();
        inputs.values().forEach(fed -> fed.values().forEach(Tensor::close));
        bundle.close();
    }
}
