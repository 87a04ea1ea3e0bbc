package io.hedgerow.compiler.check;

import io.hedgerow.compiler.rules.ExplanationGraph;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/**
 * The head's gradient G against finite differences of its scores y at the reference layer's activation A: between two points,
 * y must change by the mean slope that the gradient has on the way. The mean, since a head is piecewise smooth: a ReLU or a
 * maximum among equals, as pooling over zeros has, lies at A itself, where no single slope is right.
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
    private final float[] activation;
    private final float[] gradient;
    private final int size;

    /**
     * A check at one activation.
     *
     * @param fed all that the head needs besides the reference layer
     * @param scores explained: one a row, a row being a class of an image
     * @param activation of the reference layer: as many rows
     * @param gradient of each row's score at its activation
     */
    GradientCheck(Floats explanation, Map<String, Tensor> fed, float[] scores, float[] activation, float[] gradient) {
        this.explanation = explanation;
        this.fed = fed;
        this.scores = scores;
        this.activation = activation;
        this.gradient = gradient;
        this.size = activation.length / scores.length;
    }

    /**
     * The largest difference, as a share of the slope.
     *
     * @param shape of the activation
     * @throws io.hedgerow.compiler.ModelRefusedException if it is too large
     */
    double run(Shape shape) {
        double[] best = new double[scores.length];
        Arrays.fill(best, Double.POSITIVE_INFINITY);
        double worst = Double.POSITIVE_INFINITY;
        for (int i = 0; i < REACHES.length && !(worst <= TOLERANCE); i++) {
            double[] off = off(REACHES[i], shape);
            for (int row = 0; row < best.length; row++) {
                // not a minimum of both: where a longer step leaves what a root is defined for, the shorter one tells
                best[row] = off[row] < best[row] ? off[row] : best[row];
            }
            worst = Arrays.stream(best).max().orElse(0);
        }
        // written so that NaN fails
        if (!(worst <= TOLERANCE)) {
            throw SelfCheck.failed(
                    "the gradient of the scores at the reference layer is %.3g of its length away from finite differences"
                            .formatted(worst));
        }
        return worst;
    }

    private double[] off(double reach, Shape shape) {
        float[] direction = direction();
        double[] half = new double[scores.length];
        for (int row = 0; row < scores.length; row++) {
            double length = norm(activation, row);
            half[row] = reach * (length > 0 ? length : 1);
        }
        float[] above = scores(run(moved(direction, half, 1), shape));
        float[] below = scores(run(moved(direction, half, -1), shape));
        double[] slope = new double[scores.length];
        for (int point = 0; point < POINTS; point++) {
            double where = (2 * point + 1.0) / POINTS - 1;
            float[] there = Objects.requireNonNull(
                    run(moved(direction, half, where), shape).get(ExplanationGraph.GRADIENT));
            for (int i = 0; i < there.length; i++) {
                slope[i / size] += (double) there[i] * direction[i] / POINTS;
            }
        }
        double[] off = new double[scores.length];
        for (int row = 0; row < scores.length; row++) {
            double actual = ((double) above[row] - below[row]) / (2 * half[row]);
            double steep = Math.max(norm(gradient, row), Math.abs(actual));
            double sum = Math.max(Math.abs(scores[row]), steep * norm(activation, row));
            double noise = ROUNDING * sum / half[row];
            off[row] = Math.max(0, Math.abs(actual - slope[row]) - noise) / Math.max(steep, Float.MIN_NORMAL);
        }
        return off;
    }

    /** Up along the gradient, and somewhat along the activation: a gradient that is 0 by mistake would lead nowhere. */
    private float[] direction() {
        float[] direction = new float[activation.length];
        for (int row = 0; row < scores.length; row++) {
            double up = Math.max(norm(gradient, row), Float.MIN_NORMAL);
            double along = 2 * Math.max(norm(activation, row), Float.MIN_NORMAL);
            for (int i = row * size; i < (row + 1) * size; i++) {
                direction[i] = (float) (gradient[i] / up + activation[i] / along);
            }
        }
        return direction;
    }

    private float[] moved(float[] direction, double[] half, double share) {
        float[] moved = activation.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += (float) (share * half[i / size] * direction[i]);
        }
        return moved;
    }

    private static float[] scores(Map<String, float[]> found) {
        return Objects.requireNonNull(found.get(ExplanationGraph.EXPLAINED));
    }

    /** Always both: for each set of tensors TensorFlow keeps the weights once more. */
    private Map<String, float[]> run(float[] at, Shape shape) {
        Map<String, Tensor> changed = new HashMap<>(fed);
        try (TFloat32 entry = TFloat32.tensorOf(shape, DataBuffers.of(at, true, false))) {
            changed.put(ExplanationGraph.REFERENCE, entry);
            return explanation.run(changed, Set.of(ExplanationGraph.EXPLAINED, ExplanationGraph.GRADIENT));
        }
    }

    private double norm(float[] values, int row) {
        double sum = 0;
        for (int i = row * size; i < (row + 1) * size; i++) {
            sum += (double) values[i] * values[i];
        }
        return Math.sqrt(sum);
    }
}
