package io.hedgerow.compiler.rules;

import io.hedgerow.compiler.graph.Constant;
import io.hedgerow.compiler.layer.Convolution;
import io.hedgerow.compiler.layer.Kernels;
import io.hedgerow.compiler.propagation.RuleContext;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** conv(1, W): what a layer makes of an image of ones; it depends on the layer alone, so one image is enough. */
public final class KernelSums {
    private KernelSums() {}

    /** 1 × H × W × C. */
    public static Operand<TFloat32> through(Convolution layer, Constant kernel, RuleContext emission) {
        return layer.addsUpInputs()
                ? overInputs(layer, emission.constant(Kernels.overInputs(kernel)), emission)
                : forward(layer, emission.constant(kernel), emission);
    }

    /** The same with an ordinary convolution's kernel, of whole numbers: TensorFlow's sums of others are less exact. */
    public static Operand<TFloat32> through(Convolution layer, Operand<TFloat32> kernel, RuleContext emission) {
        Ops tf = emission.tf;
        return overInputs(layer, tf.reduceSum(kernel, tf.constant(2), ReduceSum.keepDims(true)), emission);
    }

    private static Operand<TFloat32> forward(Convolution layer, Operand<TFloat32> kernel, RuleContext emission) {
        return layer.forwardOnes(emission.tf, shape(layer, emission), kernel);
    }

    /** With a kernel that is summed over inputs already. */
    private static Operand<TFloat32> overInputs(Convolution layer, Operand<TFloat32> sums, RuleContext emission) {
        Ops tf = emission.tf;
        Operand<TInt32> one = tf.constant(new int[] {1});
        Operand<TInt32> plane =
                tf.slice(shape(layer, emission), tf.constant(new int[] {0}), tf.constant(new int[] {3}));
        return layer.forwardOnes(tf, tf.concat(List.of(plane, one), tf.constant(0)), sums);
    }

    /** Of one image at the layer's input. */
    private static Operand<TInt32> shape(Convolution layer, RuleContext emission) {
        return emission.shapeWithBatch(emission.tf.constant(new int[] {1}), layer.input());
    }
}
