package io.hedgerow.compiler.layer;

import io.hedgerow.compiler.graph.Constant;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.types.TFloat32;

/** Constants made of a kernel once, when the graph is compiled. */
public final class Kernels {
    // RATIONALE: Why are kernels in a compiled model once?
    private static final float LEVELS = 127;

    private Kernels() {}

    /** |W|. */
    public static Constant magnitude(Constant kernel) {
        float[] values = kernel.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.abs(values[i]);
        }
        return new Constant(kernel.shape(), values);
    }

    /**
     * |W| of each output channel in whole levels from 0 to 127, its largest entry's: exact in bfloat16 and in a byte, and so
     * are sums of them in float32. Only a 0 has level 0.
     */
    public static Operand<TFloat32> levels(Ops tf, Operand<TFloat32> kernel) {
        Operand<TFloat32> magnitude = tf.math.abs(kernel);
        Operand<TFloat32> largest = tf.reduceMax(magnitude, tf.constant(new int[] {0, 1, 2}), ReduceMax.keepDims(true));
        Operand<TFloat32> level = tf.math.mul(tf.math.divNoNan(magnitude, largest), tf.constant(LEVELS));
        Operand<TFloat32> whole = tf.math.round(tf.math.maximum(level, tf.math.sign(magnitude)));
        // changes nothing, and says to who loads the graph what a level can be
        return tf.clipByValue(whole, tf.constant(0f), tf.constant(LEVELS));
    }

    /** max(W, 0). */
    public static Constant positive(Constant kernel) {
        float[] values = kernel.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.max(values[i], 0);
        }
        return new Constant(kernel.shape(), values);
    }

    /** min(W, 0). */
    public static Constant negative(Constant kernel) {
        float[] values = kernel.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.min(values[i], 0);
        }
        return new Constant(kernel.shape(), values);
    }

    /** Summed over input channels: what an image of ones meets, at one input channel's cost. */
    public static Constant overInputs(Constant kernel) {
        long[] shape = kernel.shape().clone();
        int inputs = Math.toIntExact(shape[2]);
        int outputs = Math.toIntExact(shape[3]);
        int positions = Math.toIntExact(shape[0] * shape[1]);
        float[] sums = new float[positions * outputs];
        for (int p = 0; p < positions; p++) {
            for (int o = 0; o < outputs; o++) {
                double sum = 0;
                for (int i = 0; i < inputs; i++) {
                    sum += kernel.values()[(p * inputs + i) * outputs + o];
                }
                sums[p * outputs + o] = (float) sum;
            }
        }
        shape[2] = 1;
        return new Constant(shape, sums);
    }

    /** max(W, 0) and min(W, 0) as inputs side by side: one transposed convolution gives what both give. */
    public static Constant halves(Constant kernel) {
        long[] shape = kernel.shape().clone();
        int row = Math.toIntExact(shape[2] * shape[3]);
        float[] positive = positive(kernel).values();
        float[] negative = negative(kernel).values();
        float[] both = new float[2 * positive.length];
        for (int from = 0, to = 0; from < positive.length; from += row, to += 2 * row) {
            System.arraycopy(positive, from, both, to, row);
            System.arraycopy(negative, from, both, to + row, row);
        }
        shape[2] *= 2;
        return new Constant(shape, both);
    }
}
