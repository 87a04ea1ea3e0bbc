package io.hedgerow.compiler.analysis;

import io.hedgerow.compiler.graph.Constant;
import java.util.Arrays;

/**
 * Whether weights were learned rather than written by hand, so that products with them cancel by accident of rounding alone.
 * A Sobel or Laplace kernel makes exactly 0 of any even area; weights that share neither a magnitude nor a coarse grid make
 * 0 of no area at all.
 */
public final class LearnedKernel {
    /** Below it a product with an activation may be lost to underflow. */
    private static final float TINY = 1e-30f;

    /** Steps of the finest grid that a filter's weights lie on, up to the largest of them; of learned ones 2^23 or more. */
    private static final double FINE = 1 << 18;

    private final float[] values;
    private final int taps;
    private final int inputs;
    private final int outputs;

    /**
     * @param kernel height × width × inputs × outputs
     * @param depthwise whether each input is convolved by itself
     */
    public LearnedKernel(Constant kernel, boolean depthwise) {
        long[] shape = kernel.shape();
        this.values = kernel.values();
        this.taps = Math.toIntExact(shape[0] * shape[1]);
        this.inputs = depthwise ? 1 : Math.toIntExact(shape[2]);
        this.outputs = Math.toIntExact(depthwise ? shape[2] * shape[3] : shape[3]);
    }

    /** Whether every filter's weights are {@linkplain #areLearned learned}. */
    public boolean isLearned() {
        float[] filter = new float[taps * inputs];
        for (int output = 0; output < outputs; output++) {
            for (int i = 0; i < filter.length; i++) {
                filter[i] = values[i * outputs + output];
            }
            if (!areLearned(filter)) {
                return false;
            }
        }
        return true;
    }

    /** Whether each filter weighs something at each of its taps. */
    public boolean weighsEverywhere() {
        for (int output = 0; output < outputs; output++) {
            for (int tap = 0; tap < taps; tap++) {
                boolean weighs = false;
                for (int input = 0; input < inputs && !weighs; input++) {
                    weighs = Math.abs(values[(tap * inputs + input) * outputs + output]) > TINY;
                }
                if (!weighs) {
                    return false;
                }
            }
        }
        return true;
    }

    public boolean isOneTap() {
        return taps == 1;
    }

    /** Whether of those that aren't 0 at most one in ten repeats another's magnitude, and all lie on no grid but a fine one. */
    public static boolean areLearned(float[] weights) {
        float[] magnitudes = weights.clone();
        for (int i = 0; i < magnitudes.length; i++) {
            magnitudes[i] = Math.abs(magnitudes[i]);
        }
        Arrays.sort(magnitudes);
        int weighing = 0;
        int repeated = 0;
        double step = Double.MAX_VALUE;
        for (int i = 0; i < magnitudes.length; i++) {
            if (magnitudes[i] > 0) {
                weighing++;
                repeated += i > 0 && magnitudes[i] == magnitudes[i - 1] ? 1 : 0;
                step = Math.min(step, step(magnitudes[i]));
            }
        }
        return repeated * 10 <= weighing && (weighing < 2 || magnitudes[magnitudes.length - 1] >= FINE * step);
    }

    /** The largest power of two that a number is a multiple of. */
    private static double step(float number) {
        int mantissa = (Float.floatToRawIntBits(number) & 0x7FFFFF) | 0x800000;
        return Math.scalb((double) Integer.lowestOneBit(mantissa), Math.getExponent(number) - 23);
    }
}
