package io.hedgerow.compiler.layer;

import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.graph.Constant;
import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.graph.Operations;
import io.hedgerow.compiler.graph.TensorRef;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/** A convolution layer's own geometry with any kernel of its shape in place of its own; a Pad before it is folded in. */
public final class Convolution {
    /** Products for each entry, up to which convolving takes less time than a pass or two over memory; by trial on a CPU. */
    private static final long CHEAP = 64;

    private final TensorRef input;
    private final TensorRef output;
    private final TensorRef weights;
    private final Constant kernel;
    private final boolean depthwise;
    private final Geometry geometry;
    private final ConvolutionForward own;
    private final int groups;
    private final Optional<Blocks> blocks;

    private Convolution(Node node, Constant kernel, int groups, Paddings pad, Optional<Blocks> blocks) {
        this.groups = groups;
        this.output = node.output();
        this.weights = node.input(1);
        this.kernel = kernel;
        this.blocks = blocks;
        this.depthwise = node.operation().equals("DepthwiseConv2dNative");
        this.input = pad.input();
        this.geometry = Geometry.of(node, pad);
        this.own = new ConvolutionForward(
                depthwise,
                Operations.isTransposedConvolution(node) ? Optional.of(node.input(0)) : Optional.empty(),
                geometry);
    }

    public static Convolution of(Node node, Network network) {
        Optional<Blocks> blocks = Blocks.endingAt(node, network);
        Node own = blocks.map(Blocks::convolution).orElse(node);
        Constant kernel = network.constant(own.input(1))
                .orElseThrow(() -> new ModelRefusedException("the kernel of " + own
                        + " is not a constant: a kernel that depends on the image can't be explained"));
        if (!own.text("data_format", "NHWC").equals("NHWC")) {
            throw new ModelRefusedException(own + " has channels first (NCHW): save the model with channels last");
        }
        TensorRef tensor = blocks.map(Blocks::input).orElse(Operations.convolved(own));
        boolean foldable = blocks.isEmpty()
                && !Operations.isTransposedConvolution(own)
                && own.text("padding", "VALID").equals("VALID");
        Paddings pad = foldable ? Paddings.of(tensor, network).orElse(Paddings.none(tensor)) : Paddings.none(tensor);
        return new Convolution(own, kernel, groups(own, kernel, network), pad, blocks);
    }

    private static int groups(Node own, Constant kernel, Network network) {
        long[] shape = network.shape(own.input(0)).orElse(new long[0]);
        boolean grouped = own.operation().equals("Conv2D") && shape.length == 4 && shape[3] > kernel.shape()[2];
        return grouped ? Math.toIntExact(shape[3] / kernel.shape()[2]) : 1;
    }

    /** What it convolves, before any padding: N × H × W × C. */
    public TensorRef input() {
        return input;
    }

    /** What it puts out, before any re-indexing of blocks. */
    public TensorRef output() {
        return output;
    }

    /** W, in the classifier's graph. */
    public TensorRef weights() {
        return weights;
    }

    /** The same as numbers. */
    public Constant kernel() {
        return kernel;
    }

    public int kernelHeight() {
        return Math.toIntExact(kernel.shape()[0]);
    }

    public boolean isDepthwise() {
        return depthwise;
    }

    /** Whether it is the gradient of a convolution: its kernel is height × width × outputs × inputs. */
    public boolean isTransposed() {
        return own.sizes().isPresent();
    }

    /** Whether its kernel is height × width × inputs × outputs, each output adding up all inputs, or those of its group. */
    public boolean addsUpInputs() {
        return !depthwise && !isTransposed();
    }

    /** Whether TensorFlow has it as one operation that lets every output see every input of its window. */
    public boolean isOrdinary() {
        return addsUpInputs() && groups == 1 && blocks.isEmpty();
    }

    /** Whether each output sees the inputs of its group alone, in one operation. */
    public boolean isGrouped() {
        return groups > 1;
    }

    /** Whether to convolve costs no more than to pass over what comes of it: few inputs for each output. */
    public boolean isCheap() {
        return !depthwise && productsPerOutput() <= CHEAP;
    }

    /** How many products each entry of the output is the sum of. */
    public long productsPerOutput() {
        long[] shape = kernel.shape();
        return isTransposed()
                ? Math.max(1, shape[0] * shape[1] / geometry.stride()) * shape[3]
                : shape[0] * shape[1] * (depthwise ? 1 : shape[2]);
    }

    public <T extends TNumber> Operand<T> forward(Ops tf, Operand<T> x, Operand<T> weights) {
        return blocks.map(b -> b.join(tf, own.at(tf, b.split(tf, x), weights))).orElseGet(() -> own.at(tf, x, weights));
    }

    /**
     * What the layer makes of an image of ones, padding included where SpaceToBatchND adds it: it is re-indexing, so
     * that its zeros are inputs like others.
     *
     * @param shape of the image
     */
    public <T extends TNumber> Operand<T> forwardOnes(Ops tf, Operand<TInt32> shape, Operand<T> weights) {
        Operand<T> one = tf.dtypes.cast(tf.constant(1f), weights.type());
        return blocks.map(b -> b.join(tf, own.at(tf, tf.fill(b.splitShape(tf, shape), one), weights)))
                .orElseGet(() -> own.at(tf, tf.fill(shape, one), weights));
    }

    /** Whether zeros that are inputs like others lie around the image. */
    public boolean hasZeroBorder() {
        return blocks.isPresent();
    }

    /** The gradient of {@link #forward} with respect to its input, at y; sizes: the input's shape. */
    public Operand<TFloat32> transpose(Ops tf, Operand<TFloat32> y, Operand<TFloat32> weights, Operand<TInt32> sizes) {
        if (isTransposed()) {
            return blocks.<Operand<TFloat32>>map(
                            b -> b.joinBack(tf, own.laid(tf, b.splitBack(tf, y), weights, geometry)))
                    .orElseGet(() -> own.laid(tf, y, weights, geometry));
        }
        if (blocks.isEmpty()) {
            return gradient().at(tf, y, weights, sizes);
        }
        Blocks b = blocks.get();
        return b.joinBack(tf, gradient().at(tf, b.splitBack(tf, y), weights, b.splitShape(tf, sizes)));
    }

    private ConvolutionGradient gradient() {
        return new ConvolutionGradient(depthwise, groups, Math.toIntExact(kernel.shape()[2]), geometry);
    }

    /** Whether an ordinary convolution with the kernel {@link #rotated} is this layer's transpose: with stride 1 it is. */
    boolean isTransposedByRotation() {
        return !isTransposed()
                && groups == 1
                && (!depthwise || kernel.shape()[3] == 1)
                && geometry.isTransposedByRotation(kernel.shape());
    }

    /**
     * Turned by 180 degrees, with inputs and outputs exchanged but for a depthwise kernel, whose each is its own.
     *
     * @param weights of this layer's shape, or of one with another number of inputs
     */
    Operand<TFloat32> rotated(Ops tf, Operand<TFloat32> weights) {
        boolean isPoint = kernel.shape()[0] * kernel.shape()[1] == 1;
        Operand<TFloat32> turned = isPoint ? weights : tf.reverse(weights, tf.constant(new int[] {0, 1}));
        return depthwise ? turned : tf.linalg.transpose(turned, tf.constant(new int[] {0, 1, 3, 2}));
    }

    /** {@link #transpose} with what {@link #rotated} gives. */
    <T extends TNumber> Operand<T> transposeRotated(Ops tf, Operand<T> y, Operand<T> rotated) {
        Geometry turned = geometry.ofRotated(kernel.shape());
        return blocks.map(b -> b.joinBack(tf, own.laid(tf, b.splitBack(tf, y), rotated, turned)))
                .orElseGet(() -> own.laid(tf, y, rotated, turned));
    }
}
