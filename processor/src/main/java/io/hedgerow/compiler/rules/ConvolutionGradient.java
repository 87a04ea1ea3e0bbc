package io.hedgerow.compiler.rules;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.Conv2dBackpropInput;
import org.tensorflow.op.nn.DepthwiseConv2dNativeBackpropInput;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * A convolution's gradient with respect to its input.
 *
 * @param inputs channels of a group
 */
record ConvolutionGradient(boolean depthwise, int groups, int inputs, Geometry geometry) {

    /**
     * At y, the layer's output.
     *
     * @param sizes the input's shape
     */
    <T extends TNumber> Operand<T> at(Ops tf, Operand<T> y, Operand<T> weights, Operand<TInt32> sizes) {
        if (!geometry.isExplicit()) {
            return ofInput(tf, y, weights, sizes);
        }
        // of padding too, and without it: where padding is explicit, TensorFlow takes another way on CPUs, up to 2.5
        // times as
        // long, and adds up bfloat16 numbers in bfloat16
        Operand<TInt32> padded = tf.math.add(sizes, tf.constant(geometry.padded()));
        Operand<T> whole =
                new ConvolutionGradient(depthwise, groups, inputs, geometry.ofPadded()).ofInput(tf, y, weights, padded);
        return tf.slice(whole, tf.constant(geometry.corner()), sizes);
    }

    private <T extends TNumber> Operand<T> ofInput(Ops tf, Operand<T> y, Operand<T> weights, Operand<TInt32> sizes) {
        return depthwise
                ? tf.nn.depthwiseConv2dNativeBackpropInput(
                        sizes,
                        weights,
                        y,
                        geometry.strides(),
                        geometry.padding(),
                        DepthwiseConv2dNativeBackpropInput.dilations(geometry.dilations()))
                : groups == 1 ? ofGroup(tf, y, weights, sizes) : ofGroups(tf, y, weights, sizes);
    }

    /** On CPUs TensorFlow has no such gradient of a grouped convolution as a whole. */
    private <T extends TNumber> Operand<T> ofGroups(Ops tf, Operand<T> y, Operand<T> weights, Operand<TInt32> sizes) {
        Operand<TInt32> channelAxis = tf.constant(3);
        Operand<TInt32> plane = tf.slice(sizes, tf.constant(new int[] {0}), tf.constant(new int[] {3}));
        Operand<TInt32> channels = tf.constant(new int[] {inputs});
        Operand<TInt32> groupSizes = tf.concat(List.of(plane, channels), tf.constant(0));
        List<Output<T>> outputs = tf.split(channelAxis, y, (long) groups).output();
        List<Output<T>> kernels = tf.split(channelAxis, weights, (long) groups).output();
        List<Operand<T>> gradients = new ArrayList<>();
        for (int group = 0; group < groups; group++) {
            gradients.add(ofGroup(tf, outputs.get(group), kernels.get(group), groupSizes));
        }
        return tf.concat(gradients, channelAxis);
    }

    private <T extends TNumber> Operand<T> ofGroup(Ops tf, Operand<T> y, Operand<T> weights, Operand<TInt32> sizes) {
        return tf.nn.conv2dBackpropInput(
                sizes,
                weights,
                y,
                geometry.strides(),
                geometry.padding(),
                Conv2dBackpropInput.dilations(geometry.dilations()));
    }
}
