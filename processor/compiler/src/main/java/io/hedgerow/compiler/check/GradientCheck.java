package io.hedgerow.compiler.check;

import io.hedgerow.compiler.method.CheckRun;
import io.hedgerow.compiler.method.NodeNames;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/**
 * The head's gradient G at each reference layer against finite differences of its scores y there: between two points, y must
 * change by the mean slope that the gradient has on the way. The mean, since a head is piecewise smooth: a ReLU or a maximum
 * among equals, as pooling over zeros has, lies at A itself, where no single slope is right.
 */
final class GradientCheck {
    /** Half the way, as a share of |A|: shorter where the first one bends too much. */
    private static final double[] REACHES = {1e-2, 1e-3};

    private static final int POINTS = 4;
    /** Of the slope. What a bend between two points may hide; rounding makes a thousandth of it. */
    private static final double TOLERANCE = 5e-2;
    /** A score's own, as a share of what it is summed from. */
    private static final double ROUNDING = 1e-6;

    private final CheckRun run;
    private final float[] scores;

    /**
     * A check at one activation.
     *
     * @param run with the explained scores of each row, a row being a class of an image
     */
    GradientCheck(CheckRun run) {
        this.run = run;
        this.scores = run.values(NodeNames.EXPLAINED);
    }

    /**
     * The largest difference, as a share of the slope.
     *
     * @param references how many reference layers there are
     * @throws io.hedgerow.compiler.api.ModelRefusedException if it is too large
     */
    double run(int references) {
        List<Layer> layers =
                IntStream.range(0, references).mapToObj(i -> Layer.of(i, run)).toList();
        double worst = 0;
        for (Layer layer : layers) {
            List<Layer> others = layers.stream().filter(other -> other != layer).toList();
            worst = Math.max(worst, run(layer, others));
        }
        return worst;
    }

    /**
     * A reference layer.
     *
     * @param name of its tensor
     * @param slope name of the gradient's
     */
    @SuppressWarnings("ArrayRecordComponent") // read once and never compared
    private record Layer(String name, String slope, float[] activation, float[] gradient, Shape shape) {
        static Layer of(int index, CheckRun run) {
            String name = NodeNames.reference(index);
            String slope = NodeNames.gradient(index);
            return new Layer(name, slope, run.values(name), run.values(slope), run.shape(name));
        }

        TFloat32 tensor(float[] values) {
            return TFloat32.tensorOf(shape, DataBuffers.of(values, true, false));
        }
    }

    private double run(Layer layer, List<Layer> others) {
        Steps steps = Steps.alongGradient(layer.activation(), layer.gradient(), scores.length);
        double[] off = new double[scores.length];
        Arrays.fill(off, Double.POSITIVE_INFINITY);
        double worst = least(off, steps, layer, others);
        // a step that leaves what a root is defined for tells nothing; one by which no entry changes its sign does not
        if (Double.isInfinite(worst)) {
            worst = least(off, Steps.withinDomain(layer.activation(), layer.gradient(), scores.length), layer, others);
        }
        // written so that NaN fails
        if (!(worst <= TOLERANCE)) {
            throw SelfCheckFailure.failed(
                    "the gradient of the scores at the reference layer is %.3g of its length away from finite differences"
                            .formatted(worst));
        }
        return worst;
    }

    /** The largest of what rows are off by, each at its best so far. */
    private double least(double[] best, Steps steps, Layer layer, List<Layer> others) {
        double worst = Double.POSITIVE_INFINITY;
        for (int i = 0; i < REACHES.length && !(worst <= TOLERANCE); i++) {
            double[] off = off(REACHES[i], steps, layer, others);
            for (int row = 0; row < best.length; row++) {
                // not a minimum of both: where a longer step leaves what a root is defined for, the shorter one tells
                best[row] = off[row] < best[row] ? off[row] : best[row];
            }
            worst = Arrays.stream(best).max().orElse(0);
        }
        return worst;
    }

    private double[] off(double reach, Steps steps, Layer layer, List<Layer> others) {
        float[] above = scores(run(steps.moved(reach, 1), layer, others));
        float[] below = scores(run(steps.moved(reach, -1), layer, others));
        double[] slope = new double[scores.length];
        for (int point = 0; point < POINTS; point++) {
            double where = (2 * point + 1.0) / POINTS - 1;
            float[] there = Objects.requireNonNull(
                    run(steps.moved(reach, where), layer, others).get(layer.slope()));
            steps.addSlopes(there, slope, 1.0 / POINTS);
        }
        double[] off = new double[scores.length];
        for (int row = 0; row < scores.length; row++) {
            double half = steps.half(reach, row);
            double actual = ((double) above[row] - below[row]) / (2 * half);
            double steep = Math.max(steps.steepness(row), Math.abs(actual));
            double sum = Math.max(Math.abs(scores[row]), steep * steps.length(row));
            double noise = ROUNDING * sum / half;
            off[row] = Math.max(0, Math.abs(actual - slope[row]) - noise) / Math.max(steep, Float.MIN_NORMAL);
        }
        return off;
    }

    private static float[] scores(Map<String, float[]> found) {
        return Objects.requireNonNull(found.get(NodeNames.EXPLAINED));
    }

    /** Always both: for each set of tensors TensorFlow keeps the weights once more. */
    private Map<String, float[]> run(float[] at, Layer layer, List<Layer> others) {
        Map<String, Tensor> changed = new HashMap<>();
        try {
            changed.put(layer.name(), layer.tensor(at));
            others.forEach(other -> changed.put(other.name(), other.tensor(other.activation())));
            return run.again(changed, Set.of(NodeNames.EXPLAINED, layer.slope()));
        } finally {
            changed.values().forEach(Tensor::close);
        }
    }
}
