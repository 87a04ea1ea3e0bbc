package io.hedgerow.explain;

import io.hedgerow.compiler.ExplanationInfo;
import io.hedgerow.compiler.Signatures;
import io.hedgerow.engine.ProcessStatus;
import io.hedgerow.engine.TensorFlowRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.tensorflow.Result;
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
 * What explaining costs in terms of the forward pass: both signatures of one explanation SavedModel, alternating, on the
 * same images in the same session with the same threads. The forward pass takes the batch at once, explaining as many images
 * of it as is fastest, as everywhere.
 */
public final class ModelBench {
    private static final int DEFAULT_SIZE = 224;

    private final int batch;
    private final int rounds;
    private final int classes;

    /**
     * Prepares.
     *
     * @param batch images in a forward pass, and at most in what is explained at once
     * @param rounds of which medians are taken
     * @param classes of each image whose cost is compared with that of one; 1 compares nothing
     */
    public ModelBench(int batch, int rounds, int classes) {
        this.batch = batch;
        this.rounds = rounds;
        this.classes = classes;
    }

    /**
     * Measures.
     *
     * @param compiled directory of an explanation SavedModel
     * @return figures by name: {@code forward_images_per_second}, {@code explain_images_per_second},
     *     {@code explain_to_forward} (medians; the quotient of each round), with several classes {@code classes_to_one} (what explaining them adds to
     *     the forward pass, as a multiple of what one adds) and {@code classes}, {@code peak_bytes} (the process's
     *     high-water mark, -1 if unknown), {@code explained_at_once}, {@code bytes_per_image} (of a batch, at most and weights apart, -1 if the
     *     input's size is free), {@code batch}, {@code rounds}
     * @throws IOException if the model can't be read
     */
    public Map<String, Object> run(Path compiled) throws IOException {
        TensorFlowRuntime.start();
        ExplanationInfo info = ExplanationInfo.read(compiled);
        double[] forward = new double[rounds];
        double[] explain = new double[rounds];
        double[] toForward = new double[rounds];
        double[] toOne = new double[rounds];
        int atOnce;
        try (SavedModelBundle bundle = SavedModelBundle.load(compiled.toString(), "serve")) {
            Session session = bundle.session();
            SignatureDef predict = bundle.metaGraphDef().getSignatureDefOrThrow(Signatures.PREDICT);
            SignatureDef attribute = bundle.metaGraphDef().getSignatureDefOrThrow(Signatures.EXPLAIN);
            atOnce = FastestBatch.upTo(batch, images -> seconds(session, attribute, inputs(info, images, 1)))
                    .size();
            for (int warm = 0; warm < 2; warm++) {
                seconds(session, predict, inputs(info, batch, 1));
                seconds(session, attribute, inputs(info, atOnce, 1));
            }
            if (classes > 1) {
                seconds(session, attribute, inputs(info, atOnce, classes));
            }
            for (int round = 0; round < rounds; round++) {
                // What the machine's speed changes by in a round counts for both.
                double before = seconds(session, predict, inputs(info, batch, 1)) / batch;
                explain[round] = explaining(session, attribute, info, atOnce, 1);
                double several = classes == 1 ? 0 : explaining(session, attribute, info, atOnce, classes);
                double after = seconds(session, predict, inputs(info, batch, 1)) / batch;
                forward[round] = (before + after) / 2;
                toForward[round] = explain[round] / forward[round];
                toOne[round] = (several - forward[round]) / (explain[round] - forward[round]);
            }
        }
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("forward_images_per_second", 1 / median(forward));
        figures.put("explain_images_per_second", 1 / median(explain));
        figures.put("explain_to_forward", median(toForward));
        if (classes > 1) {
            figures.put("classes_to_one", median(toOne));
            figures.put("classes", classes);
        }
        figures.put("peak_bytes", ProcessStatus.peak());
        figures.put("bytes_per_image", info.bytesPerImage());
        figures.put("batch", batch);
        figures.put("explained_at_once", atOnce);
        figures.put("rounds", rounds);
        return figures;
    }

    /** Seconds an image, of about as many images as a forward pass takes. */
    private double explaining(
            Session session, SignatureDef attribute, ExplanationInfo info, int atOnce, int classesOfEach) {
        double sum = 0;
        int times = Math.max(1, batch / atOnce);
        for (int i = 0; i < times; i++) {
            sum += seconds(session, attribute, inputs(info, atOnce, classesOfEach));
        }
        return sum / times / atOnce;
    }

    private static Map<String, Tensor> inputs(ExplanationInfo info, int batch, int classes) {
        return Map.of(
                "images",
                images(info, batch),
                // Any classes cost the same: the top one, so often.
                "classes",
                TInt32.tensorOf(Shape.of(batch, classes), t -> t.scalars().forEach(s -> s.setInt(Signatures.TOP))),
                "ratios",
                TFloat32.tensorOf(Shape.of(batch), t -> t.scalars().forEach(s -> s.setFloat(2))));
    }

    /** Closes the inputs. */
    private static double seconds(Session session, SignatureDef signature, Map<String, Tensor> inputs) {
        Session.Runner runner = session.runner();
        signature.getInputsMap().forEach((key, tensor) -> {
            Tensor input = inputs.get(key);
            if (input != null) {
                runner.feed(tensor.getName(), input);
            }
        });
        signature.getOutputsMap().values().forEach(tensor -> runner.fetch(tensor.getName()));
        long start = System.nanoTime();
        try (Result ignored = runner.run()) {
            return (System.nanoTime() - start) / 1e9;
        } finally {
            inputs.values().forEach(Tensor::close);
        }
    }

    private static Tensor images(ExplanationInfo info, int batch) {
        ExplanationInfo.Input input = info.input();
        Shape shape = Shape.of(batch, size(input.height()), size(input.width()), Math.max(1, input.channels()));
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

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
