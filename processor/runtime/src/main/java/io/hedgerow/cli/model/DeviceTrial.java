package io.hedgerow.cli.model;

import ai.djl.translate.TranslateException;
import io.hedgerow.bench.MadeUpEvents;
import io.hedgerow.compiler.api.CompileOptions;
import io.hedgerow.compiler.api.ExplanationInfo;
import io.hedgerow.compiler.runtime.Attribution;
import io.hedgerow.compiler.runtime.AttributionRequest;
import io.hedgerow.compiler.runtime.CompiledModel;
import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.demo.BundledModel;
import io.hedgerow.engine.TensorFlowDevice;
import io.hedgerow.image.ImageDecoder;
import io.hedgerow.image.pixels.BadImageException;
import io.hedgerow.models.ModelRepository;
import io.hedgerow.preprocess.ModelInput;
import io.hedgerow.preprocess.ModelYaml;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Explains pictures with a bundled model on a device and on the CPU, and compares. */
final class DeviceTrial implements AutoCloseable {
    /**
     * How a device did.
     *
     * @param problem what is wrong; empty if nothing is
     * @param scoreDifference largest difference of scores, in terms of the largest score
     * @param mapDifference largest difference of maps, in terms of a map's largest value
     * @param imagesPerSecond 0 if the device does not compute
     * @param toCpu that in terms of the CPU's
     */
    record Result(
            TensorFlowDevice device,
            String problem,
            double scoreDifference,
            double mapDifference,
            double imagesPerSecond,
            double toCpu) {}

    /** What tensor cores' rounding (TF32) can come to; a wrong kernel is far beyond. */
    private static final double TOLERANCE = 0.02;

    private static final int BATCH = 32;
    private static final long NANOS = 1_000_000_000;

    private final Path compiled;
    private final TensorSpec input;
    private final List<AttributionRequest> requests;
    private final CompiledModel cpu;
    private final List<Attribution> expected;
    private final double cpuImagesPerSecond;

    /** Explains on the CPU; work: an empty folder. */
    DeviceTrial(ModelRepository repository, Path work) throws IOException {
        Path folder = BundledModel.SURFACE_UNBIASED.unpack(work);
        compiled = repository.compiled(folder, CompileOptions.DEFAULT);
        ModelYaml settings = ModelYaml.of(folder);
        input = ModelInput.of(ExplanationInfo.read(compiled), settings.input(), folder);
        requests = requests(settings, input);
        cpu = CompiledModel.load(compiled, input, TensorFlowDevice.CPU);
        try {
            expected = cpu.apply(requests);
            cpuImagesPerSecond = imagesPerSecond(cpu);
        } catch (TranslateException e) {
            cpu.close();
            throw new IOException("the CPU does not compute: " + e.getMessage(), e);
        }
    }

    Result run(TensorFlowDevice device) {
        try (CompiledModel model = CompiledModel.load(compiled, input, device)) {
            List<Attribution> actual = model.apply(requests);
            double scores = 0;
            double maps = 0;
            for (int i = 0; i < requests.size(); i++) {
                scores = Math.max(
                        scores,
                        difference(actual.get(i).scores(), expected.get(i).scores()));
                maps = Math.max(
                        maps,
                        difference(actual.get(i).maps()[0], expected.get(i).maps()[0]));
            }
            double rate = device.equals(TensorFlowDevice.CPU) ? cpuImagesPerSecond : imagesPerSecond(model);
            String problem = scores <= TOLERANCE && maps <= TOLERANCE
                    ? ""
                    : "its results are not the CPU's: scores differ by %.1e, maps by %.1e, at most %.0e is taken"
                            .formatted(scores, maps, TOLERANCE);
            return new Result(device, problem, scores, maps, rate, rate / cpuImagesPerSecond);
        } catch (IOException | TranslateException | ArithmeticException e) {
            return new Result(device, String.valueOf(e.getMessage()), 0, 0, 0, 0);
        }
    }

    @Override
    public void close() {
        cpu.close();
    }

    /** In full batches for a second or more, warm. */
    private double imagesPerSecond(CompiledModel model) throws TranslateException {
        model.apply(requests);
        long start = System.nanoTime();
        int images = 0;
        do {
            model.apply(requests);
            images += requests.size();
        } while (System.nanoTime() - start < NANOS);
        return images * 1e9 / (System.nanoTime() - start);
    }

    private static List<AttributionRequest> requests(ModelYaml yaml, TensorSpec input) throws IOException {
        ImageDecoder decoder = new ImageDecoder();
        List<AttributionRequest> requests = new ArrayList<>();
        try {
            for (byte[] picture : new MadeUpEvents(input.width(), input.height()).pictures(BATCH)) {
                requests.add(new AttributionRequest(
                        yaml.input().apply(decoder.decode(picture), input), AttributionRequest.TOP));
            }
        } catch (BadImageException e) {
            throw new IllegalStateException("pictures of our own can be decoded", e);
        }
        return requests;
    }

    private static double difference(float[] actual, float[] expected) {
        double peak = 0;
        double largest = 0;
        for (int i = 0; i < expected.length; i++) {
            peak = Math.max(peak, Math.abs(expected[i]));
            largest = Math.max(largest, Math.abs(actual[i] - expected[i]));
        }
        return largest / peak;
    }
}
