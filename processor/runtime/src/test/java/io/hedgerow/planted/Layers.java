package io.hedgerow.planted;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Max;
import org.tensorflow.op.core.StridedSlice;
import org.tensorflow.op.image.ResizeBilinear;
import org.tensorflow.op.math.Mean;
import org.tensorflow.op.nn.Conv2d;
import org.tensorflow.op.nn.DepthwiseConv2dNative;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Layers of either layout. Channels first, what only knows channels last stands between two transposes, as converters from ONNX
 * write it.
 */
final class Layers {
    private final Ops tf;

    Layers(Ops tf) {
        this.tf = tf;
    }

    Ops tf() {
        return tf;
    }

    Operand<TFloat32> constant(float[] values, long... shape) {
        return tf.constant(Shape.of(shape), DataBuffers.of(values));
    }

    /** N x H x W x C, whatever the signal is. */
    Operand<TFloat32> channelsLast(Signal x) {
        return x.channelsFirst() ? tf.linalg.transpose(x.value(), tf.constant(new int[] {0, 2, 3, 1})) : x.value();
    }

    /** A signal of the same layout as another, of what is N x H x W x C. */
    Signal as(Signal like, Operand<TFloat32> value, int height, int width, int channels) {
        Operand<TFloat32> laidOut =
                like.channelsFirst() ? tf.linalg.transpose(value, tf.constant(new int[] {0, 3, 1, 2})) : value;
        return new Signal(laidOut, like.channelsFirst(), height, width, channels);
    }

    /** The same signal with channels first. */
    Signal channelsFirst(Signal x) {
        return new Signal(
                tf.linalg.transpose(x.value(), tf.constant(new int[] {0, 3, 1, 2})),
                true,
                x.height(),
                x.width(),
                x.channels());
    }

    /** Convolution without bias. */
    Signal convolution(Signal x, float[] kernel, int side, int outputs, int stride, int dilation, String padding) {
        Operand<TFloat32> filter = constant(kernel, side, side, kernel.length / (side * side) / outputs, outputs);
        Operand<TFloat32> y =
                tf.nn.conv2d(channelsLast(x), filter, strides(stride), padding, Conv2d.dilations(strides(dilation)));
        int lost = padding.equals("SAME") ? 0 : side - 1;
        return as(x, y, ceil(x.height() - lost, stride), ceil(x.width() - lost, stride), outputs);
    }

    /** Convolution without bias, padded as SAME. */
    Signal convolution(Signal x, float[] kernel, int side, int outputs) {
        return convolution(x, kernel, side, outputs, 1, 1, "SAME");
    }

    Signal depthwise(Signal x, float[] kernel, int side) {
        Operand<TFloat32> y = tf.nn.depthwiseConv2dNative(
                channelsLast(x),
                constant(kernel, side, side, x.channels(), 1),
                strides(1),
                "SAME",
                DepthwiseConv2dNative.dilations(strides(1)));
        return as(x, y, x.height(), x.width(), x.channels());
    }

    Signal biased(Signal x, float[] bias) {
        return x.to(
                x.channelsFirst()
                        ? tf.math.add(x.value(), constant(bias, 1, bias.length, 1, 1))
                        : tf.nn.biasAdd(x.value(), constant(bias, bias.length)));
    }

    /** Batch normalisation that changes little, channels first as its product and sum. */
    Signal normalised(Signal x, Weights weights) {
        int n = x.channels();
        float[] mean = weights.between(-0.05f, 0.05f, n);
        float[] variance = weights.between(0.5f, 2, n);
        float[] scale = weights.between(0.9f, 1.1f, n);
        float[] offset = weights.bias(n);
        float[] gamma = new float[n];
        float[] shift = new float[n];
        for (int i = 0; i < n; i++) {
            gamma[i] = scale[i] * (float) Math.sqrt(variance[i]);
            shift[i] = offset[i] - scale[i] * mean[i];
        }
        if (x.channelsFirst()) {
            return x.to(tf.math.add(tf.math.mul(x.value(), constant(scale, 1, n, 1, 1)), constant(shift, 1, n, 1, 1)));
        }
        return x.to(tf.nn.fusedBatchNorm(
                        x.value(),
                        constant(gamma, n),
                        constant(offset, n),
                        constant(mean, n),
                        constant(variance, n),
                        FusedBatchNorm.isTraining(false),
                        FusedBatchNorm.epsilon(1e-6f))
                .y());
    }

    Signal activated(Signal x, Activation activation) {
        Operand<TFloat32> v = x.value();
        return x.to(
                switch (activation) {
                    case RELU -> tf.nn.relu(v);
                    case RELU6 -> tf.nn.relu6(v);
                    case LEAKY_RELU -> tf.nn.leakyRelu(v, LeakyRelu.alpha(0.1f));
                    case ELU -> tf.nn.elu(v);
                    case SWISH -> tf.math.mul(v, tf.math.sigmoid(v));
                    case HARD_SWISH ->
                        tf.math.mul(v, tf.math.mul(tf.nn.relu6(tf.math.add(v, tf.constant(3f))), tf.constant(1 / 6f)));
                    case PRELU ->
                        tf.math.sub(tf.nn.relu(v), tf.math.mul(tf.nn.relu(tf.math.neg(v)), tf.constant(0.1f)));
                });
    }

    /** Maximum over windows of side x side, padded as SAME. */
    Signal maxPooled(Signal x, int side, int stride) {
        Operand<TFloat32> y = tf.nn.maxPool(
                channelsLast(x),
                tf.constant(new int[] {1, side, side, 1}),
                tf.constant(new int[] {1, stride, stride, 1}),
                "SAME");
        return as(x, y, ceil(x.height(), stride), ceil(x.width(), stride), x.channels());
    }

    Signal averagePooled(Signal x, int side, int stride) {
        Operand<TFloat32> y = tf.nn.avgPool(channelsLast(x), strides(side), strides(stride), "SAME");
        return as(x, y, ceil(x.height(), stride), ceil(x.width(), stride), x.channels());
    }

    /** With a border all around of one value. */
    Signal bordered(Signal x, int wide, float value) {
        int[] border = x.ordered(0, wide, wide, 0);
        return x.to(
                tf.pad(x.value(), paddings(border, border), tf.constant(value)),
                x.height() + 2 * wide,
                x.width() + 2 * wide);
    }

    /** Rows and columns from one on to before another, each or every second one. */
    Signal part(Signal x, int top, int left, int bottom, int right, int step) {
        Operand<TFloat32> part = tf.stridedSlice(
                x.value(),
                tf.constant(x.ordered(0, top, left, 0)),
                tf.constant(x.ordered(0, bottom, right, 0)),
                tf.constant(x.ordered(1, step, step, 1)),
                StridedSlice.beginMask(x.channelsFirst() ? 3L : 9L),
                StridedSlice.endMask(x.channelsFirst() ? 3L : 9L));
        return x.to(part, ceil(bottom - top, step), ceil(right - left, step));
    }

    /** Brought to a size, with half-pixel centres. */
    Signal resized(Signal x, int height, int width) {
        Operand<TFloat32> y = tf.image.resizeBilinear(
                channelsLast(x), tf.constant(new int[] {height, width}), ResizeBilinear.halfPixelCenters(true));
        return as(x, y, height, width, x.channels());
    }

    Signal joined(Signal a, Signal b) {
        return new Signal(
                tf.concat(List.of(a.value(), b.value()), tf.constant(a.depth())),
                a.channelsFirst(),
                a.height(),
                a.width(),
                a.channels() + b.channels());
    }

    Operand<TFloat32> mean(Signal x, boolean keep) {
        return tf.math.mean(x.value(), tf.constant(new int[] {x.rows(), x.columns()}), Mean.keepDims(keep));
    }

    Operand<TFloat32> max(Signal x) {
        return tf.max(x.value(), tf.constant(new int[] {x.rows(), x.columns()}), Max.keepDims(false));
    }

    /** The paddings of four axes as an operation takes them. */
    Operand<TInt32> paddings(int[] before, int[] after) {
        int[][] pairs = new int[4][2];
        for (int axis = 0; axis < 4; axis++) {
            pairs[axis] = new int[] {before[axis], after[axis]};
        }
        return tf.constant(pairs);
    }

    static List<Long> strides(long stride) {
        return List.of(1L, stride, stride, 1L);
    }

    static int ceil(int size, int stride) {
        return (size + stride - 1) / stride;
    }
}
