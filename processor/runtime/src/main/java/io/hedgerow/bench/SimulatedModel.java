package io.hedgerow.bench;

import io.hedgerow.attribution.MapTransform;
import io.hedgerow.compiler.runtime.Attribution;
import io.hedgerow.compiler.runtime.AttributionRequest;
import io.hedgerow.compiler.runtime.ElementType;
import io.hedgerow.compiler.runtime.ImageTensor;
import io.hedgerow.compiler.runtime.ScoreKind;
import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.device.BatchLimits;
import io.hedgerow.device.Batched;
import io.hedgerow.device.Batcher;
import io.hedgerow.device.DeviceHealth;
import io.hedgerow.models.ClassLabels;
import io.hedgerow.models.ExplainableModel;
import io.hedgerow.models.MethodInfo;
import io.hedgerow.models.ScoreKinds;
import io.hedgerow.preprocess.Preprocessing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * A model without a neural network, on a device that does nothing but take its time: streaming can be measured and tested
 * apart from computing. The image's rows are cut into as many bands as there are classes; a class's score is the sum of
 * its band's values, and its map holds each pixel's share of that sum, so that a map's sum is its class's score. Thread-safe.
 */
public final class SimulatedModel implements ExplainableModel, AutoCloseable {
    private static final MethodInfo METHOD = new MethodInfo("simulated", "1", "none", MethodInfo.Precision.FLOAT32);

    private final String name;
    private final TensorSpec input;
    private final Preprocessing preprocessing;
    private final int classes;
    private final ClassLabels labels;
    private final Duration perBatch;
    private final Duration perImage;
    private final Batcher<AttributionRequest, Attribution> batcher;

    /**
     * Starts the device.
     *
     * @param name what events call the model; its version is empty
     * @param input what it takes
     * @param preprocessing from an image to {@code input}
     * @param classes number of classes, at most the input's height
     * @param perBatch time that any batch takes
     * @param perImage time that each image of a batch adds
     * @param limits of the batches
     */
    public SimulatedModel(
            String name,
            TensorSpec input,
            Preprocessing preprocessing,
            int classes,
            Duration perBatch,
            Duration perImage,
            BatchLimits limits) {
        this.name = name;
        this.input = input;
        this.preprocessing = preprocessing;
        this.classes = classes;
        this.labels = new ClassLabels(
                IntStream.range(0, classes).mapToObj(band -> "band " + band).toList());
        this.perBatch = perBatch;
        this.perImage = perImage;
        this.batcher = new Batcher<>(
                "simulated-" + name,
                this::compute,
                request -> request.image().spec().bytes(),
                limits);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String version() {
        return "";
    }

    @Override
    public String sha256() {
        return "0".repeat(64);
    }

    @Override
    public TensorSpec input() {
        return input;
    }

    @Override
    public Preprocessing preprocessing() {
        return preprocessing;
    }

    @Override
    public int classes() {
        return classes;
    }

    @Override
    public ClassLabels labels() {
        return labels;
    }

    @Override
    public float defaultRatio(MethodInfo method) {
        return 1;
    }

    @Override
    public ScoreKinds scoreKinds() {
        return ScoreKinds.of(ScoreKind.LOGIT);
    }

    @Override
    public List<MethodInfo> methods() {
        return List.of(METHOD);
    }

    @Override
    public CompletableFuture<Batched<Attribution>> submit(AttributionRequest request) {
        return batcher.submit(request);
    }

    @Override
    public CompletableFuture<Batched<Attribution>> submitNext(AttributionRequest request) {
        return batcher.submitNext(request);
    }

    @Override
    public DeviceHealth health() {
        return batcher.health();
    }

    /** Computes what waits, then stops the device. */
    @Override
    public void close() {
        batcher.close();
    }

    /** What is computed here counts as part of the device's time. */
    private List<Attribution> compute(List<AttributionRequest> requests) throws InterruptedException {
        long end = System.nanoTime()
                + perBatch.plus(perImage.multipliedBy(requests.size())).toNanos();
        List<Attribution> results = new ArrayList<>(requests.size());
        for (AttributionRequest request : requests) {
            results.add(attribute(request));
        }
        TimeUnit.NANOSECONDS.sleep(Math.max(0, end - System.nanoTime()));
        return results;
    }

    private Attribution attribute(AttributionRequest request) {
        float[] pixels = pixels(request.image());
        float[] scores = new float[classes];
        int top = 0;
        for (int i = 0; i < pixels.length; i++) {
            scores[band(i)] += pixels[i];
        }
        for (int i = 1; i < classes; i++) {
            top = scores[i] > scores[top] ? i : top;
        }
        int[] resolved = request.classes().clone();
        float[][] maps = new float[resolved.length][pixels.length];
        for (int k = 0; k < resolved.length; k++) {
            resolved[k] = resolved[k] == AttributionRequest.TOP ? top : resolved[k];
            for (int i = 0; i < pixels.length; i++) {
                maps[k][i] = band(i) == resolved[k] ? pixels[i] : 0;
            }
        }
        return new Attribution(scores, scores, resolved, maps, input.height(), input.width(), MapTransform.IDENTITY);
    }

    private int band(int pixel) {
        return pixel / input.width() * classes / input.height();
    }

    /** Each pixel's channels added up. */
    private float[] pixels(ImageTensor image) {
        float[] pixels = new float[input.height() * input.width()];
        for (int i = 0; i < input.elements(); i++) {
            float value = input.type() == ElementType.UINT8
                    ? image.data().get(i) & 0xff
                    : image.data().getFloat(i * Float.BYTES);
            pixels[i / input.channels()] += value;
        }
        return pixels;
    }
}
