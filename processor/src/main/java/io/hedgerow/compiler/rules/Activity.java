package io.hedgerow.compiler.rules;

import io.hedgerow.compiler.Precision;
import io.hedgerow.compiler.network.Constant;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * What a layer's active and inactive inputs weigh at its output, conv(m, |W|) and conv(n, |W|), and the kernel by which
 * they weigh.
 */
record Activity(Filter<?> filter, Operand<TFloat32> active, Operand<TFloat32> inactive) {

    /**
     * Of a layer.
     *
     * @param active where its input is
     * @param magnitudes the layer with |W|
     * @param now computes it, and may wait for something
     */
    static Activity of(Convolution layer, Operand<TBool> active, Filter<?> magnitudes, Ops now, Emission e) {
        boolean narrow = e.precision == Precision.BFLOAT16 && !layer.hasZeroBorder();
        if (narrow && layer.isOrdinary() && !layer.isCheap()) {
            Constant levels = Kernels.levels(layer.kernel());
            Operand<TFloat32> sum =
                    Filter.of(layer, e.constant(levels), Precision.FLOAT32, e).forward(now, e.indicator(active));
            return new Activity(
                    Filter.of(layer, e.constant(levels), Precision.BFLOAT16, e), sum, rest(sum, levels, layer, e));
        }
        Operand<TFloat32> sum = magnitudes.forward(now, e.indicator(active));
        // zeros around the image that count as inputs are in no indicator
        boolean byDifference = layer.hasZeroBorder() || (!narrow && !layer.isCheap());
        return new Activity(
                magnitudes,
                sum,
                byDifference
                        ? rest(sum, Kernels.magnitude(layer.kernel()), layer, e)
                        : magnitudes.forward(now, e.indicator(now.math.logicalNot(active))));
    }

    /**
     * What active inputs leave of the kernel: with whole numbers exactly, else up to rounding, which in float32 only shows
     * where there is no inactive input to receive it.
     */
    private static Operand<TFloat32> rest(Operand<TFloat32> sum, Constant kernel, Convolution layer, Emission e) {
        return e.tf.math.sub(Ones.through(layer, kernel, e), sum);
    }
}
