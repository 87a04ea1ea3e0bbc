package io.hedgerow.compiler.layer;

import io.hedgerow.compiler.graph.TensorRef;
import java.util.Optional;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.Conv2d;
import org.tensorflow.op.nn.Conv2dBackpropInput;
import org.tensorflow.op.nn.DepthwiseConv2dNative;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * A convolution as TensorFlow has it, with any kernel of its shape.
 *
 * @param sizes of its output, where it is the gradient of a convolution: a tensor of the classifier's
 */
record ConvolutionForward(boolean depthwise, Optional<TensorRef> sizes, Geometry geometry) {

    /** Of x, as it is laid over what the layer takes. */
    <T extends TNumber> Operand<T> at(Ops tf, Operand<T> x, Operand<T> weights) {
        return sizes.map(declared -> scatter(tf, x, weights, declared)).orElseGet(() -> laid(tf, x, weights, geometry));
    }

    @SuppressWarnings("unchecked")
    private <T extends TNumber> Operand<T> scatter(Ops tf, Operand<T> x, Operand<T> weights, TensorRef tensor) {
        // for as many images as there are, whatever the classifier's own sizes say
        Output<?> declared = ((Graph) tf.scope().env()).outputOrThrow(tensor.node() + ":" + tensor.index());
        boolean isPlane = declared.shape().get(0) == 2;
        Operand<TInt32> plane = tf.slice(
                (Operand<TInt32>) declared, tf.constant(new int[] {isPlane ? 0 : 1}), tf.constant(new int[] {2}));
        return tf.nn.conv2dBackpropInput(
                plane,
                weights,
                x,
                geometry.strides(),
                geometry.padding(),
                Conv2dBackpropInput.explicitPaddings(geometry.explicitPaddings()),
                Conv2dBackpropInput.dilations(geometry.dilations()));
    }

    /** Of x, laid over it otherwise. */
    <T extends TNumber> Operand<T> laid(Ops tf, Operand<T> x, Operand<T> weights, Geometry over) {
        return depthwise
                ? tf.nn.depthwiseConv2dNative(
                        x,
                        weights,
                        over.strides(),
                        over.padding(),
                        DepthwiseConv2dNative.explicitPaddings(over.explicitPaddings()),
                        DepthwiseConv2dNative.dilations(over.dilations()))
                : tf.nn.conv2d(
                        x,
                        weights,
                        over.strides(),
                        over.padding(),
                        Conv2d.explicitPaddings(over.explicitPaddings()),
                        Conv2d.dilations(over.dilations()));
    }
}
