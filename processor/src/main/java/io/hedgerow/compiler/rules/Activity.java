package io.hedgerow.compiler.rules;

import io.hedgerow.compiler.Precision;
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
     * Of a layer. What inactive inputs weigh is what active ones leave of the kernel where that is exact (in whole numbers),
     * or off by rounding that only shows where there is no inactive input to receive it (in float32).
     *
     * @param active where its input is
     * @param magnitudes the layer with |W|
     * @param now computes it, and may wait for something
     */
    static Activity of(Convolution layer, Operand<TBool> active, Filter<?> magnitudes, Ops now, Emission e) {
        boolean narrow = e.hedgeWeights.precision(layer) == Precision.BFLOAT16;
        if (narrow && layer.isOrdinary() && !layer.isCheap()) {
            Operand<TFloat32> levels = Kernels.levels(e.tf, e.activation(layer.weights()));
            Operand<TFloat32> sum =
                    Filter.of(layer, levels, Precision.FLOAT32, e.tf).forward(now, e.indicator(active));
            return new Activity(
                    Filter.of(layer, levels, Precision.BFLOAT16, e.tf),
                    sum,
                    e.tf.math.sub(Ones.through(layer, levels, e), sum));
        }
        Operand<TFloat32> sum = magnitudes.forward(now, e.indicator(active));
        // zeros around the image that count as inputs are in no indicator
        boolean byDifference = layer.hasZeroBorder() || (!narrow && !layer.isCheap());
        return new Activity(
                magnitudes,
                sum,
                byDifference
                        ? e.tf.math.sub(Ones.through(layer, Kernels.magnitude(layer.kernel()), e), sum)
                        : magnitudes.forward(now, e.indicator(now.math.logicalNot(active))));
    }
}
