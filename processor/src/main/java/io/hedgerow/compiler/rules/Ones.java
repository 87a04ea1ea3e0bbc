package io.hedgerow.compiler.rules;

import io.hedgerow.compiler.network.Constant;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** conv(1, W): what a layer makes of an image of ones; it depends on the layer alone, so one image is enough. */
final class Ones {
    private Ones() {}

    /** 1 × H × W × C. */
    static Operand<TFloat32> through(Convolution layer, Constant kernel, Emission emission) {
        Ops tf = emission.tf;
        Operand<TInt32> one = tf.constant(new int[] {1});
        Operand<TInt32> shape = emission.shapeWithBatch(one, layer.input());
        if (layer.isDepthwise()) {
            return layer.forwardOnes(tf, shape, emission.constant(kernel));
        }
        Operand<TInt32> plane = tf.concat(
                List.of(tf.slice(shape, tf.constant(new int[] {0}), tf.constant(new int[] {3})), one), tf.constant(0));
        return layer.forwardOnes(tf, plane, emission.constant(Kernels.overInputs(kernel)));
    }
}
