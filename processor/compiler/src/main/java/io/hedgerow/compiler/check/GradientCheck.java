package io.hedgerow.compiler.check;

import io.hedgerow.compiler.method.ExplanationGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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

    private final Floats explanation;
    private final Map<String, Tensor> fed;
    private final float[] scores;
    private final Map<String, Fixed> fixed;

    /**
     * A check at one activation.
     *
     * @param fed all that the head needs besides the reference layers
     * @param scores explained: one a row, a row being a class of an image
     * @param fixed what the scores' gradients hold fixed
     */
    GradientCheck(Floats explanation, Map<String, Tensor> fed, float[] scores, Map<String, Fixed> fixed) {
        this.explanation = explanation;
        this.fed = fed;
        this.scores = scores;
        this.fixed = fixed;
    }

    /** A tensor's values and shape. */
    @SuppressWarnings("ArrayRecordComponent") // read once and never compared
    record Fixed(float[] values, Shape shape) {
        private TFloat32 tensor() {
            return TFloat32.tensorOf(shape, DataBuffers.of(values, true, false));
        }
    }

    /**
     * The largest difference, as a share of the slope.
     *
     * @param layers the reference layers, in their order
     * @throws io.hedgerow.compiler.api.ModelRefusedException if it is too large
     */
    double run(List<StartCheck.Layer> layers) {
        double worst = 0;
        for (int i = 0; i < layers.size(); i++) {
            Map<String, Fixed> others = new HashMap<>(fixed);
            for (int j = 0; j < layers.size(); j++) {
                if (j != i) {
                    others.put(
                            ExplanationGraph.reference(j),
                            new Fixed(layers.get(j).activation(), layers.get(j).shape()));
                }
            }
            worst = Math.max(worst, run(i, layers.get(i), others));
        }
        return worst;
    }

    private double run(int index, StartCheck.Layer layer, Map<String, Fixed> others) {
        Steps steps = Steps.alongGradient(layer.activation(), layer.gradient(), scores.length);
        double[] off = new double[scores.length];
        Arrays.fill(off, Double.POSITIVE_INFINITY);
        double worst = least(off, steps, index, layer, others);
        // a step that leaves what a root is defined for tells nothing; one by which no entry changes its sign does not
        if (Double.isInfinite(worst)) {
            worst = least(
                    off, Steps.withinDomain(layer.activation(), layer.gradient(), scores.length), index, layer, others);
        }
        // written so that NaN fails
        if (!(worst <= TOLERANCE)) {
            throw SelfCheck.failed(
                    "the gradient of the scores at the reference layer is %.3g of its length away from finite differences"
                            .formatted(worst));
        }
        return worst;
    }

    /** The largest of what rows are off by, each at its best so far. */
    private double least(double[] best, Steps steps, int index, StartCheck.Layer layer, Map<String, Fixed> others) {
        double worst = Double.POSITIVE_INFINITY;
        for (int i = 0; i < REACHES.length && !(worst <= TOLERANCE); i++) {
            double[] off = off(REACHES[i], steps, index, layer.shape(), others);
            for (int row = 0; row < best.length; row++) {
                // not a minimum of both: where a longer step leaves what a root is defined for, the shorter one tells
                best[row] = off[row] < best[row] ? off[row] : best[row];
            }
            worst = Arrays.stream(best).max().orElse(0);
        }
        return worst;
    }

    private double[] off(double reach, Steps steps, int index, Shape shape, Map<String, Fixed> others) {
        float[] above = scores(run(steps.moved(reach, 1), index, shape, others));
        float[] below = scores(run(steps.moved(reach, -1), index, shape, others));
        double[] slope = new double[scores.length];
        for (int point = 0; point < POINTS; point++) {
            double where = (2 * point + 1.0) / POINTS - 1;
            float[] there = Objects.requireNonNull(
                    run(steps.moved(reach, where), index, shape, others).get(ExplanationGraph.gradient(index)));
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
        return Objects.requireNonNull(found.get(ExplanationGraph.EXPLAINED));
    }

    /** Always both: for each set of tensors TensorFlow keeps the weights once more. */
    private Map<String, float[]> run(float[] at, int index, Shape shape, Map<String, Fixed> others) {
        Map<String, Tensor> changed = new HashMap<>(fed);
        List<TFloat32> made = new ArrayList<>();
        try {
            made.add(new Fixed(at, shape).tensor());
            changed.put(ExplanationGraph.reference(index), made.get(0));
            others.forEach((name, other) -> {
                made.add(other.tensor());
                changed.put(name, made.get(made.size() - 1));
            });
            return explanation.run(changed, Set.of(ExplanationGraph.EXPLAINED, ExplanationGraph.gradient(index)));
        } finally {
            made.forEach(TFloat32::close);
        }
    }
}
