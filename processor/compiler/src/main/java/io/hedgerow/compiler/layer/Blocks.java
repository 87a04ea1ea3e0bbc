package io.hedgerow.compiler.layer;

import io.hedgerow.compiler.graph.Constant;
import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.graph.Operations;
import io.hedgerow.compiler.graph.TensorRef;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * SpaceToBatchND before and BatchToSpaceND after a convolution: how Keras writes one with dilation.
 *
 * @param convolution the convolution between the two
 * @param input what goes in, before any padding
 * @param block rows and columns of a block
 * @param paddings rows before and after, columns before and after
 * @param crops the same, of the output
 */
public record Blocks(Node convolution, TensorRef input, Constant block, Constant paddings, Constant crops) {
    // RATIONALE: Why is padding outside a layer's input, and zeros from SpaceToBatchND inside?

    /** The construct that ends at this node, if one does. */
    public static Optional<Blocks> endingAt(Node node, Network network) {
        if (!node.operation().equals("BatchToSpaceND")) {
            return Optional.empty();
        }
        Node convolution = network.producer(node.input(0));
        if (!Operations.isConvolution(convolution)) {
            return Optional.empty();
        }
        Node begin = network.producer(Operations.convolved(convolution));
        if (!begin.operation().equals("SpaceToBatchND")) {
            return Optional.empty();
        }
        Optional<Constant> block = network.constant(begin.input(1));
        Optional<Constant> paddings = network.constant(begin.input(2));
        Optional<Constant> crops = network.constant(node.input(2));
        return block.isPresent() && paddings.isPresent() && crops.isPresent()
                ? Optional.of(new Blocks(convolution, begin.input(0), block.get(), paddings.get(), crops.get()))
                : Optional.empty();
    }

    <T extends TNumber> Operand<T> split(Ops tf, Operand<T> x) {
        return tf.spaceToBatchNd(x, tf.constant(block.integers()), matrix(tf, paddings));
    }

    /** The shape of {@link #split} of something of this shape. */
    Operand<TInt32> splitShape(Ops tf, Operand<TInt32> shape) {
        return tf.shape(split(tf, tf.fill(shape, tf.constant(0f))));
    }

    <T extends TNumber> Operand<T> join(Ops tf, Operand<T> y) {
        return tf.batchToSpaceNd(y, tf.constant(block.integers()), matrix(tf, crops));
    }

    /** The gradient of {@link #join}. */
    <T extends TNumber> Operand<T> splitBack(Ops tf, Operand<T> y) {
        return tf.spaceToBatchNd(y, tf.constant(block.integers()), matrix(tf, crops));
    }

    /** The gradient of {@link #split}. */
    <T extends TNumber> Operand<T> joinBack(Ops tf, Operand<T> x) {
        return tf.batchToSpaceNd(x, tf.constant(block.integers()), matrix(tf, paddings));
    }

    private static Operand<TInt32> matrix(Ops tf, Constant pairs) {
        int[] p = pairs.integers();
        return tf.constant(new int[][] {{p[0], p[1]}, {p[2], p[3]}});
    }
}
