package io.hedgerow.compiler.check;

import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.method.Check;
import io.hedgerow.compiler.method.CheckResult;
import io.hedgerow.compiler.method.CheckRun;
import io.hedgerow.compiler.method.NodeNames;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/** The mean gradient over samples against the gradient at each sample, run by run. */
public final class SampledGradientCheck implements Check {
    /** Of the mean's length: where a sample lies at a kink of the network, rounding decides which slope it has. */
    private static final double TOLERANCE = 1e-2;

    private final List<Input> inputs;

    /**
     * A check of one method.
     *
     * @param inputs what the first layers take
     */
    public SampledGradientCheck(List<Input> inputs) {
        this.inputs = List.copyOf(inputs);
    }

    /**
     * What a first layer takes.
     *
     * @param tensor of the classifier
     * @param samples the nodes that have what it is to take in its place
     * @param gradient the node that has the gradient there
     * @param mean the node that has its mean over all samples
     */
    public record Input(TensorRef tensor, List<String> samples, String gradient, String mean) {}

    @Override
    public Set<String> tensors() {
        Set<String> tensors = new LinkedHashSet<>(List.of(NodeNames.EXPLAINED));
        for (Input input : inputs) {
            tensors.addAll(input.samples());
            tensors.addAll(List.of(input.gradient(), input.mean()));
        }
        return tensors;
    }

    @Override
    public CheckResult run(CheckRun run) {
        Map<Input, double[]> sums = new HashMap<>();
        int samples = inputs.get(0).samples().size();
        for (int i = 0; i < samples; i++) {
            Map<String, float[]> found = at(i, run);
            for (Input input : inputs) {
                float[] gradient = Objects.requireNonNull(found.get(input.gradient()));
                double[] sum = sums.computeIfAbsent(input, any -> new double[gradient.length]);
                for (int j = 0; j < sum.length; j++) {
                    sum[j] += gradient[j] / samples;
                }
            }
        }
        double worst = 0;
        for (Input input : inputs) {
            worst = Math.max(worst, off(Objects.requireNonNull(sums.get(input)), run.values(input.mean())));
        }
        // written so that NaN fails
        if (!(worst <= TOLERANCE)) {
            throw SelfCheckFailure.failed(
                    "the mean gradient over samples of an image is %.3g of its length away from that of each sample by itself"
                            .formatted(worst));
        }
        return new CheckResult(worst, 0, 0);
    }

    private Map<String, float[]> at(int sample, CheckRun run) {
        Map<String, Tensor> changed = new HashMap<>();
        Set<String> fetched = new LinkedHashSet<>(List.of(NodeNames.EXPLAINED));
        try {
            for (Input input : inputs) {
                String values = input.samples().get(sample);
                changed.put(
                        input.tensor().node() + ":" + input.tensor().index(),
                        TFloat32.tensorOf(run.shape(values), DataBuffers.of(run.values(values), true, false)));
                fetched.add(input.gradient());
            }
            return run.elsewhere(changed, fetched);
        } finally {
            changed.values().forEach(Tensor::close);
        }
    }

    private static double off(double[] expected, float[] mean) {
        double off = 0;
        double length = Float.MIN_NORMAL;
        for (int i = 0; i < expected.length; i++) {
            off += (mean[i] - expected[i]) * (mean[i] - expected[i]);
            length += expected[i] * expected[i];
        }
        return Math.sqrt(off / length);
    }
}
