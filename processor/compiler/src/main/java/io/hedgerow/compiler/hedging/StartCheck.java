package io.hedgerow.compiler.hedging;

import io.hedgerow.compiler.check.SelfCheckFailure;
import io.hedgerow.compiler.graph.Head;
import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.method.Check;
import io.hedgerow.compiler.method.CheckResult;
import io.hedgerow.compiler.method.CheckRun;
import io.hedgerow.compiler.method.NodeNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.tensorflow.ndarray.Shape;

/** Relevance of the reference layers against the method's first equation: R = A ⊙ mean(G), over the sum of all |Σ R|. */
final class StartCheck implements Check {
    /** Of the largest entry. */
    private static final double TOLERANCE = 1e-3;
    /** What float32 may lose of a sum, as a share of its entries' magnitudes: the less is left of it, the more it tells. */
    private static final double ROUNDING = 1e-5;

    private final List<List<Integer>> space;

    StartCheck(Network network, Head head) {
        this.space = head.features().stream()
                .map(features -> network.layout(features).space())
                .toList();
    }

    @Override
    public Set<String> tensors() {
        Set<String> tensors = new LinkedHashSet<>();
        for (int i = 0; i < space.size(); i++) {
            tensors.addAll(List.of(NodeNames.reference(i), NodeNames.gradient(i), Start.name(i)));
        }
        return tensors;
    }

    @Override
    public CheckResult run(CheckRun run) {
        run(IntStream.range(0, space.size())
                .mapToObj(i -> new Layer(
                        run.values(NodeNames.reference(i)),
                        run.values(NodeNames.gradient(i)),
                        run.values(Start.name(i)),
                        run.shape(NodeNames.reference(i)),
                        space.get(i)))
                .toList());
        return CheckResult.NOTHING;
    }

    /**
     * One reference layer.
     *
     * @param activation A, rows × H × W × C, or as its layout is
     * @param gradient G of each row's score, the same
     * @param start R, the same
     * @param shape of all three
     * @param space its axes along which positions lie
     */
    @SuppressWarnings("ArrayRecordComponent") // read once and never compared
    private record Layer(float[] activation, float[] gradient, float[] start, Shape shape, List<Integer> space) {
        /** Which channel each entry of a row belongs to: its place on all axes but those of space. */
        private int[] channels() {
            int[] channel = new int[size()];
            int stride = channel.length;
            for (int axis = 1; axis < shape.numDimensions(); axis++) {
                int size = Math.toIntExact(shape.get(axis));
                stride /= Math.max(1, size);
                if (!space.contains(axis)) {
                    for (int i = 0; i < channel.length; i++) {
                        channel[i] = channel[i] * size + i / stride % size;
                    }
                }
            }
            return channel;
        }

        private int size() {
            return activation.length / rows();
        }

        private int rows() {
            return Math.toIntExact(Math.max(1, shape.get(0)));
        }

        private double[] relevance(int row) {
            int from = row * size();
            int[] channel = channels();
            double[] weights = new double[Arrays.stream(channel).max().orElse(0) + 1];
            for (int i = 0; i < size(); i++) {
                weights[channel[i]] += (double) gradient[from + i] * weights.length / size();
            }
            double[] relevance = new double[size()];
            for (int i = 0; i < size(); i++) {
                // a root may have no gradient where there is nothing
                relevance[i] = activation[from + i] == 0 ? 0 : activation[from + i] * weights[channel[i]];
            }
            return relevance;
        }
    }

    private static void run(List<Layer> layers) {
        for (int row = 0; row < layers.get(0).rows(); row++) {
            List<double[]> relevances = new ArrayList<>();
            double total = 0;
            double magnitude = 0;
            double peak = 0;
            for (Layer layer : layers) {
                double[] relevance = layer.relevance(row);
                relevances.add(relevance);
                total += Math.abs(Arrays.stream(relevance).sum());
                magnitude += Arrays.stream(relevance).map(Math::abs).sum();
                peak = Math.max(
                        peak, Arrays.stream(relevance).map(Math::abs).max().orElse(0));
            }
            if (total > ROUNDING * magnitude) {
                double tolerance = peak / total * (TOLERANCE + ROUNDING * magnitude / total);
                for (int i = 0; i < layers.size(); i++) {
                    compare(layers.get(i), row, relevances.get(i), total, tolerance);
                }
            }
        }
    }

    private static void compare(Layer layer, int row, double[] relevance, double total, double tolerance) {
        for (int i = 0; i < relevance.length; i++) {
            float start = layer.start[row * relevance.length + i];
            // written so that NaN fails
            if (!(Math.abs(start - relevance[i] / total) <= tolerance)) {
                throw SelfCheckFailure.failed(
                        "relevance starts with %.4g at an entry of the reference layer, the method states %.4g"
                                .formatted(start, relevance[i] / total));
            }
        }
    }
}
