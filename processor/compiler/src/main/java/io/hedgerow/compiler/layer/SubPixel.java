package io.hedgerow.compiler.layer;

import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.Conv2d;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A strided convolution's gradient as an ordinary convolution: what lies within one stride are its output's channels, spread
 * over the plane afterwards (Shi et al., "Is the deconvolution layer the same as a convolutional layer?", arXiv 1609.07009).
 *
 * @param rows of the kernel
 * @param columns of the kernel
 * @param stride on both axes
 */
record SubPixel(int rows, int columns, int stride) {
    // RATIONALE: Why are transposed convolutions of stride 1 ordinary ones, and others not?
    /** Fewer than a processor multiplies at once: it computes as many, and drops what it needn't have. By trial on a CPU. */
    private static final long FEW_INPUTS = 8;

    private static final List<Long> ONES = List.of(1L, 1L, 1L, 1L);

    /** For a kernel laid on an image without padding; empty where this isn't faster, or would leave a border uncomputed. */
    static Optional<SubPixel> of(Shape kernel, Geometry geometry) {
        long stride = geometry.strides().get(1);
        boolean suits = stride > 1
                && geometry.strides().get(2) == stride
                && geometry.dilations().equals(ONES)
                && geometry.padding().equals("VALID")
                && kernel.get(2) <= FEW_INPUTS
                && suits(kernel.get(0), stride)
                && suits(kernel.get(1), stride);
        return suits
                ? Optional.of(new SubPixel((int) kernel.get(0), (int) kernel.get(1), (int) stride))
                : Optional.empty();
    }

    /** Whether little is added to make a kernel a multiple of the stride, and that is all that windows can leave over. */
    private static boolean suits(long size, long stride) {
        return size / 2 >= stride && size % stride == 1;
    }

    /**
     * At y, the layer's output: what reaches its input.
     *
     * @param sizes the input's shape
     */
    Operand<TFloat32> at(Ops tf, Operand<TFloat32> y, Operand<TFloat32> weights, Operand<TInt32> sizes) {
        long down = taps(rows) - 1L;
        long across = taps(columns) - 1L;
        Operand<TFloat32> pixels = tf.nn.conv2d(
                y,
                sideBySide(tf, weights),
                ONES,
                "EXPLICIT",
                Conv2d.explicitPaddings(List.of(0L, 0L, down, down, across, across, 0L, 0L)));
        return tf.slice(tf.nn.depthToSpace(pixels, (long) stride), tf.constant(new int[4]), sizes);
    }

    /** The kernel's entries that one pixel of a stride meets, turned by 180 degrees, for every such pixel. */
    private Operand<TFloat32> sideBySide(Ops tf, Operand<TFloat32> weights) {
        int inputs = (int) weights.shape().get(2);
        int outputs = (int) weights.shape().get(3);
        int down = taps(rows);
        int across = taps(columns);
        int[][] missing = {{0, down * stride - rows}, {0, across * stride - columns}, {0, 0}, {0, 0}};
        Operand<TFloat32> whole = tf.pad(weights, tf.constant(missing), tf.constant(0f));
        Operand<TFloat32> strides =
                tf.reshape(whole, tf.constant(new int[] {down, stride, across, stride, inputs, outputs}));
        Operand<TFloat32> turned = tf.reverse(strides, tf.constant(new int[] {0, 2}));
        return tf.reshape(
                tf.linalg.transpose(turned, tf.constant(new int[] {0, 2, 5, 1, 3, 4})),
                tf.constant(new int[] {down, across, outputs, stride * stride * inputs}));
    }

    /** How many of the kernel's entries on an axis one pixel meets. */
    private int taps(int size) {
        return (size + stride - 1) / stride;
    }
}
