package io.hedgerow.compiler.check;

import io.hedgerow.compiler.method.CheckRun;
import io.hedgerow.compiler.method.NodeNames;
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
 * The gradient of scores y at tensors that they are computed from against finite differences of y there: between two points,
 * y must change by the mean slope that the gradient has on the way. The mean, since networks are piecewise smooth: a ReLU or a maximum
 * among equals, as pooling over zeros has, lies at A itself, where no single slope is right.
 */
final class GradientCheck {
    /** Tried in turn: a shorter way where the first one bends too much, then more points where a maximum jumps on it. */
    private static final List<Look> LOOKS = List.of(new Look(1e-2, 4), new Look(1e-3, 4), new Look(1e-3, 32));

    /** A score's own, as a share of what it is summed from. */
    private static final double ROUNDING = 1e-6;

    private final CheckRun run;
    private final float[] scores;
    private final double tolerance;
    private final String where;

    /**
     * A check at one activation.
     *
     * @param run with the explained scores of each row, a row being a class of an image
     * @param tolerance of the slope
     * @param where the gradient is one, for messages
     */
    GradientCheck(CheckRun run, double tolerance, String where) {
        this.run = run;
        this.scores = run.values(NodeNames.EXPLAINED);
        this.tolerance = tolerance;
        this.where = where;
    }

    /**
     * The largest difference, as a share of the slope.
     *
     * @param layers where there is a gradient; each is changed by itself
     * @throws io.hedgerow.compiler.api.ModelRefusedException if it is too large
     */
    double run(List<Layer> layers) {
        double worst = 0;
        for (int i = 0; i < layers.size(); i++) {
            List<Layer> others = new ArrayList<>(layers);
            worst = Math.max(worst, run(others.remove(i), others));
        }
        return worst;
    }

    /**
     * A tensor that scores are computed from.
     *
     * @param name of it, to put others in its place
     * @param slope name of the gradient's
     * @param activation its values, row by row
     * @param gradient of the scores of as many rows
     * @param first of those
     */
    @SuppressWarnings("ArrayRecordComponent") // read once and never compared
    record Layer(String name, String slope, float[] activation, float[] gradient, Shape shape, int first) {
        /** Of scores from a row on, each of which depends on a row of the tensor. */
        static Layer of(String name, String values, String slope, int first, CheckRun run) {
            Shape shape = run.shape(values);
            float[] activation = run.values(values);
            return new Layer(name, slope, activation, rows(run.values(slope), first, shape), shape, first);
        }

        TFloat32 tensor(float[] values) {
            return TFloat32.tensorOf(shape, DataBuffers.of(values, true, false));
        }

        float[] rows(float[] values) {
            return rows(values, first, shape);
        }

        int rows() {
            return Math.toIntExact(shape.get(0));
        }

        private static float[] rows(float[] values, int first, Shape shape) {
            int size = Math.toIntExact(shape.size());
            int from = size / Math.toIntExact(shape.get(0)) * first;
            return Arrays.copyOfRange(values, from, from + size);
        }
    }

    /**
     * One comparison.
     *
     * @param reach half the way, as a share of |A|
     * @param points on the way whose slopes are averaged
     */
    private record Look(double reach, int points) {}

    private double run(Layer layer, List<Layer> others) {
        Steps steps = Steps.alongGradient(layer.activation(), layer.gradient(), layer.rows());
        double[] off = new double[layer.rows()];
        Arrays.fill(off, Double.POSITIVE_INFINITY);
        double worst = least(off, steps, layer, others);
        // a step that leaves what a root is defined for tells nothing; one by which no entry changes its sign does not
        if (Double.isInfinite(worst)) {
            worst = least(off, Steps.withinDomain(layer.activation(), layer.gradient(), layer.rows()), layer, others);
        }
        // written so that NaN fails
        if (!(worst <= tolerance)) {
            throw SelfCheckFailure.failed(
                    "the gradient of the scores %s is %.3g of its length away from finite differences"
                            .formatted(where, worst));
        }
        return worst;
    }

    /** The largest of what rows are off by, each at its best so far. */
    private double least(double[] best, Steps steps, Layer layer, List<Layer> others) {
        double worst = Double.POSITIVE_INFINITY;
        for (int i = 0; i < LOOKS.size() && !(worst <= tolerance); i++) {
            double[] off = off(LOOKS.get(i), steps, layer, others);
            for (int row = 0; row < best.length; row++) {
                // not a minimum of both: where a longer step leaves what a root is defined for, the shorter one tells
                best[row] = off[row] < best[row] ? off[row] : best[row];
            }
            worst = Arrays.stream(best).max().orElse(0);
        }
        return worst;
    }

    private double[] off(Look look, Steps steps, Layer layer, List<Layer> others) {
        double reach = look.reach();
        float[] above = scores(run(steps.moved(reach, 1), layer, others));
        float[] below = scores(run(steps.moved(reach, -1), layer, others));
        double[] slope = new double[layer.rows()];
        for (int point = 0; point < look.points(); point++) {
            double at = (2 * point + 1.0) / look.points() - 1;
            float[] there = Objects.requireNonNull(
                    run(steps.moved(reach, at), layer, others).get(layer.slope()));
            steps.addSlopes(layer.rows(there), slope, 1.0 / look.points());
        }
        double[] off = new double[layer.rows()];
        for (int row = 0; row < off.length; row++) {
            int score = layer.first() + row;
            double half = steps.half(reach, row);
            double actual = ((double) above[score] - below[score]) / (2 * half);
            double steep = Math.max(steps.steepness(row), Math.abs(actual));
            double sum = Math.max(Math.abs(scores[score]), steep * steps.length(row));
            double noise = ROUNDING * sum / half;
            off[row] = Math.max(0, Math.abs(actual - slope[row]) - noise) / Math.max(steep, Float.MIN_NORMAL);
        }
        return off;
    }

    private static float[] scores(Map<String, float[]> found) {
        return Objects.requireNonNull(found.get(NodeNames.EXPLAINED));
    }

    /** Always both: for each set of tensors TensorFlow prepares the graph anew. */
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
