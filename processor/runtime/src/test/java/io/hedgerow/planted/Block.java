package io.hedgerow.planted;

import org.tensorflow.Operand;
import org.tensorflow.op.image.ResizeBilinear;
import org.tensorflow.op.image.ResizeNearestNeighbor;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** A few layers that pass on what the patch's channel says. */
enum Block {
    PLAIN,
    BATCH_NORM,
    DEPTHWISE,
    RESIDUAL,
    CONCAT,
    SQUEEZE_EXCITE,
    MAX_POOL,
    MAX_POOL_PADDED_LOWEST,
    AVERAGE_POOL,
    STRIDED,
    DILATED,
    GROUPED,
    LINEAR_BOTTLENECK,
    UPSAMPLE_NEAREST,
    UPSAMPLE_TILE,
    UPSAMPLE_BILINEAR,
    TRANSPOSED_CONVOLUTION,
    REFLECT_PAD,
    MAXOUT,
    FAKE_QUANT;

    private static final int WIDE = 2 * Weights.GROUP;

    /** Adds the block behind a signal. */
    Signal after(Signal x, Layers layers, Weights weights, Activation activation) {
        int n = Weights.GROUP;
        return switch (this) {
            case PLAIN -> plain(x, layers, weights, activation, 3, n, 1, 1);
            case BATCH_NORM ->
                layers.activated(
                        layers.normalised(layers.convolution(x, weights.kernel(3, x.channels(), n), 3, n), weights),
                        activation);
            case DEPTHWISE -> {
                Signal y = layers.depthwise(x, weights.depthwise(3, x.channels()), 3);
                y = layers.activated(layers.normalised(y, weights), activation);
                yield plain(y, layers, weights, activation, 1, n, 1, 1);
            }
            case RESIDUAL -> residual(x, layers, weights, activation);
            case CONCAT ->
                layers.joined(
                        plain(x, layers, weights, activation, 3, n, 1, 1),
                        plain(x, layers, weights, activation, 1, n, 1, 1));
            case SQUEEZE_EXCITE -> gated(plain(x, layers, weights, activation, 3, n, 1, 1), layers, weights);
            case MAX_POOL -> layers.maxPooled(plain(x, layers, weights, activation, 3, n, 1, 1), 3, 2);
            case MAX_POOL_PADDED_LOWEST -> paddedMaximum(plain(x, layers, weights, activation, 3, n, 1, 1), layers);
            case AVERAGE_POOL -> layers.averagePooled(plain(x, layers, weights, activation, 3, n, 1, 1), 2, 2);
            case STRIDED -> plain(x, layers, weights, activation, 3, n, 2, 1);
            case DILATED -> plain(x, layers, weights, activation, 3, n, 1, 2);
            case GROUPED -> {
                Signal y = layers.convolution(x, weights.kernel(3, x.channels(), x.channels(), 2), 3, x.channels());
                yield layers.activated(layers.biased(y, weights.bias(x.channels())), activation);
            }
            case LINEAR_BOTTLENECK -> bottleneck(x, layers, weights);
            case UPSAMPLE_NEAREST, UPSAMPLE_TILE, UPSAMPLE_BILINEAR ->
                plain(
                        upsampled(plain(x, layers, weights, activation, 3, n, 2, 1), layers),
                        layers,
                        weights,
                        activation,
                        3,
                        n,
                        1,
                        1);
            case TRANSPOSED_CONVOLUTION -> {
                Signal y = transposed(plain(x, layers, weights, activation, 3, n, 2, 1), layers, weights);
                yield plain(y, layers, weights, activation, 3, n, 1, 1);
            }
            case REFLECT_PAD -> {
                int[] border = x.ordered(0, 1, 1, 0);
                Operand<TFloat32> padded = layers.tf().mirrorPad(x.value(), layers.paddings(border, border), "REFLECT");
                yield plain(x.to(padded, x.height() + 2, x.width() + 2), layers, weights, activation, 3, n, 1, 1);
            }
            case MAXOUT ->
                x.to(layers.tf()
                        .math
                        .maximum(
                                plain(x, layers, weights, activation, 3, x.channels(), 1, 1)
                                        .value(),
                                plain(x, layers, weights, activation, 3, x.channels(), 1, 1)
                                        .value()));
            case FAKE_QUANT -> {
                Signal y = plain(x, layers, weights, activation, 3, n, 1, 1);
                yield y.to(layers.tf()
                        .quantization
                        .fakeQuantWithMinMaxVars(
                                y.value(),
                                layers.tf().constant(-1f),
                                layers.tf().constant(7f)));
            }
        };
    }

    private static Signal plain(
            Signal x,
            Layers layers,
            Weights weights,
            Activation activation,
            int side,
            int n,
            int stride,
            int dilation) {
        Signal y = layers.convolution(x, weights.kernel(side, x.channels(), n), side, n, stride, dilation, "SAME");
        return layers.activated(layers.biased(y, weights.bias(n)), activation);
    }

    private static Signal residual(Signal x, Layers layers, Weights weights, Activation activation) {
        int n = x.channels();
        Signal y = layers.normalised(layers.convolution(x, weights.kernel(3, n, n), 3, n), weights);
        y = layers.activated(y, activation);
        y = layers.normalised(layers.convolution(y, weights.kernel(3, n, n), 3, n), weights);
        return layers.activated(x.to(layers.tf().math.add(x.value(), y.value())), activation);
    }

    /** Expanded, convolved in depth, projected; its sum is not activated. */
    private static Signal bottleneck(Signal x, Layers layers, Weights weights) {
        int n = x.channels();
        Signal y = plain(x, layers, weights, Activation.RELU6, 1, WIDE, 1, 1);
        y = layers.depthwise(y, weights.depthwise(3, WIDE), 3);
        y = layers.activated(layers.biased(y, weights.bias(WIDE)), Activation.RELU6);
        y = layers.normalised(layers.convolution(y, weights.kernel(1, WIDE, n), 1, n), weights);
        return x.to(layers.tf().math.add(x.value(), y.value()));
    }

    private static Signal gated(Signal x, Layers layers, Weights weights) {
        int n = x.channels();
        Signal squeezed = new Signal(layers.mean(x, true), x.channelsFirst(), 1, 1, n);
        Signal hidden = plain(squeezed, layers, weights, Activation.RELU, 1, n, 1, 1);
        Signal excited =
                layers.biased(layers.convolution(hidden, weights.kernel(1, n, n), 1, n), weights.between(0, 1, n));
        return x.to(layers.tf().math.mul(x.value(), layers.tf().math.sigmoid(excited.value())));
    }

    private static Signal paddedMaximum(Signal x, Layers layers) {
        Signal padded = layers.bordered(x, 1, -Float.MAX_VALUE);
        Operand<TFloat32> y = layers.tf()
                .nn
                .maxPool(
                        layers.channelsLast(padded),
                        layers.tf().constant(new int[] {1, 3, 3, 1}),
                        layers.tf().constant(new int[] {1, 2, 2, 1}),
                        "VALID");
        return layers.as(x, y, (x.height() - 1) / 2 + 1, (x.width() - 1) / 2 + 1, x.channels());
    }

    private Signal upsampled(Signal x, Layers layers) {
        int height = 2 * x.height();
        int width = 2 * x.width();
        Operand<TInt32> size = layers.tf().constant(new int[] {height, width});
        Operand<TFloat32> v = layers.channelsLast(x);
        Operand<TFloat32> y =
                switch (this) {
                    case UPSAMPLE_NEAREST ->
                        layers.tf().image.resizeNearestNeighbor(v, size, ResizeNearestNeighbor.halfPixelCenters(true));
                    case UPSAMPLE_BILINEAR ->
                        layers.tf().image.resizeBilinear(v, size, ResizeBilinear.halfPixelCenters(true));
                    default -> tiled(v, x, layers);
                };
        return layers.as(x, y, height, width, x.channels());
    }

    /** As Keras 3 repeats rows and columns. */
    private static Operand<TFloat32> tiled(Operand<TFloat32> v, Signal x, Layers layers) {
        var tf = layers.tf();
        int c = x.channels();
        Operand<TFloat32> rows = tf.tile(tf.expandDims(v, tf.constant(2)), tf.constant(new int[] {1, 1, 2, 1, 1}));
        Operand<TFloat32> tall = tf.reshape(rows, tf.constant(new int[] {-1, 2 * x.height(), x.width(), c}));
        Operand<TFloat32> columns =
                tf.tile(tf.expandDims(tall, tf.constant(3)), tf.constant(new int[] {1, 1, 1, 2, 1}));
        return tf.reshape(columns, tf.constant(new int[] {-1, 2 * x.height(), 2 * x.width(), c}));
    }

    private static Signal transposed(Signal x, Layers layers, Weights weights) {
        var tf = layers.tf();
        int n = x.channels();
        Operand<TFloat32> v = layers.channelsLast(x);
        Operand<TInt32> images = tf.slice(tf.shape(v), tf.constant(new int[] {0}), tf.constant(new int[] {1}));
        Operand<TInt32> size = tf.concat(
                java.util.List.of(images, tf.constant(new int[] {2 * x.height(), 2 * x.width(), n})), tf.constant(0));
        float[] kernel = new float[4 * n * n];
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] = (i / n % n == i % n ? 1 : 0) + weights.between(-0.01f, 0.01f, 1)[0];
        }
        Operand<TFloat32> y =
                tf.nn.conv2dBackpropInput(size, layers.constant(kernel, 2, 2, n, n), v, Layers.strides(2), "SAME");
        return layers.as(x, y, 2 * x.height(), 2 * x.width(), n);
    }
}
