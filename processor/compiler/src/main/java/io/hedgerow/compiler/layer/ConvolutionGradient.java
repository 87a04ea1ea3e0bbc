package io.hedgerow.compiler.layer;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.Conv2dBackpropInput;
import org.tensorflow.op.nn.DepthwiseConv2dNativeBackpropInput;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

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
    Operand<TFloat32> at(Ops tf, Operand<TFloat32> y, Operand<TFloat32> weights, Operand<TInt32> sizes) {
        if (!geometry.isExplicit()) {
            return ofInput(tf, y, weights, sizes);
        }
        // of what is padded, cut: where padding is explicit, TensorFlow's own takes up to 2.5 times as long on a CPU
        Operand<TInt32> padded = tf.math.add(sizes, tf.constant(geometry.padded()));
        Operand<TFloat32> whole =
                new ConvolutionGradient(depthwise, groups, inputs, geometry.ofPadded()).ofInput(tf, y, weights, padded);
        return tf.slice(whole, tf.constant(geometry.corner()), sizes);
    }

    private Operand<TFloat32> ofInput(Ops tf, Operand<TFloat32> y, Operand<TFloat32> weights, Operand<TInt32> sizes) {
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
    private Operand<TFloat32> ofGroups(Ops tf, Operand<TFloat32> y, Operand<TFloat32> weights, Operand<TInt32> sizes) {
        Operand<TInt32> channelAxis = tf.constant(3);
        Operand<TInt32> plane = tf.slice(sizes, tf.constant(new int[] {0}), tf.constant(new int[] {3}));
        Operand<TInt32> channels = tf.constant(new int[] {inputs});
        Operand<TInt32> groupSizes = tf.concat(List.of(plane, channels), tf.constant(0));
        List<Output<TFloat32>> outputs = tf.split(channelAxis, y, (long) groups).output();
        List<Output<TFloat32>> kernels =
                tf.split(channelAxis, weights, (long) groups).output();
        List<Operand<TFloat32>> gradients = new ArrayList<>();
        for (int group = 0; group < groups; group++) {
            gradients.add(ofGroup(tf, outputs.get(group), kernels.get(group), groupSizes));
        }
        return tf.concat(gradients, channelAxis);
    }

    private Operand<TFloat32> ofGroup(Ops tf, Operand<TFloat32> y, Operand<TFloat32> weights, Operand<TInt32> sizes) {
        return SubPixel.of(weights.shape(), geometry)
                .map(subPixel -> subPixel.at(tf, y, weights, sizes))
                .orElseGet(() -> tf.nn.conv2dBackpropInput(
                        sizes,
                        weights,
                        y,
                        geometry.strides(),
                        geometry.padding(),
                        Conv2dBackpropInput.dilations(geometry.dilations())));
    }
}
