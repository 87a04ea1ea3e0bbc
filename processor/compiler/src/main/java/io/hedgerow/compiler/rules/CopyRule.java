package io.hedgerow.compiler.rules;

import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.graph.Constant;
import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.propagation.Broadcast;
import io.hedgerow.compiler.propagation.Conserves;
import io.hedgerow.compiler.propagation.Rule;
import io.hedgerow.compiler.propagation.RuleContext;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.image.ResizeNearestNeighborGrad;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Operations whose every entry is a copy of one: an entry receives the sum of what its copies have. */
public final class CopyRule implements Rule {

    @Override
    public String family() {
        return "copying";
    }

    @Override
    public String operations() {
        return "BroadcastTo, GatherV2 with constant indices, MirrorPad, ResizeNearestNeighbor, Tile, of all images"
                + " alike";
    }

    @Override
    public boolean handles(Node node, Network network) {
        return switch (node.operation()) {
            case "Tile", "MirrorPad", "ResizeNearestNeighbor" -> true;
            case "BroadcastTo" -> network.rank(node.input(0)) == network.rank(node.output());
            case "GatherV2" ->
                network.constant(node.input(1)).isPresent()
                        && network.constant(node.input(2)).isPresent()
                        && node.number("batch_dims", 0) == 0;
            default -> false;
        };
    }

    @Override
    public Conserves conserves(Node node, Network network) {
        return Conserves.ALL;
    }

    @Override
    public void propagate(Node node, RuleContext e) {
        TensorRef x = node.input(0);
        Operand<TFloat32> relevance = e.stacked(e.relevance(node), node.output());
        e.send(
                x,
                e.rows(
                        switch (node.operation()) {
                            case "Tile" -> tiled(node, relevance, e);
                            case "MirrorPad" -> mirrored(node, relevance, e);
                            case "GatherV2" -> gathered(node, relevance, e);
                            case "ResizeNearestNeighbor" -> resized(node, relevance, e);
                            default -> Broadcast.back(relevance, x, node.output(), e);
                        }));
    }

    private static Operand<TFloat32> tiled(Node node, Operand<TFloat32> relevance, RuleContext e) {
        Ops tf = e.tf;
        int[] multiples = constant(node, 1, e);
        requireWholeBatch(node, multiples[0] == 1);
        Operand<TInt32> shape = e.stackedShape(node.input(0));
        List<Operand<TInt32>> sizes = new ArrayList<>();
        List<Integer> copies = new ArrayList<>();
        for (int axis = 0; axis < multiples.length; axis++) {
            if (multiples[axis] > 1) {
                copies.add(sizes.size());
                sizes.add(tf.constant(new int[] {multiples[axis]}));
            }
            sizes.add(tf.slice(shape, tf.constant(new int[] {axis}), tf.constant(new int[] {1})));
        }
        Operand<TFloat32> apart = tf.reshape(relevance, tf.concat(sizes, tf.constant(0)));
        return tf.reduceSum(
                apart, tf.constant(copies.stream().mapToInt(Integer::intValue).toArray()));
    }

    private static Operand<TFloat32> mirrored(Node node, Operand<TFloat32> relevance, RuleContext e) {
        int[] paddings = constant(node, 1, e);
        requireWholeBatch(node, paddings[0] == 0 && paddings[1] == 0);
        int[][] pairs = new int[paddings.length / 2][];
        for (int axis = 0; axis < pairs.length; axis++) {
            pairs[axis] = new int[] {paddings[2 * axis], paddings[2 * axis + 1]};
        }
        return e.tf.mirrorPadGrad(relevance, e.tf.constant(pairs), node.text("mode", "REFLECT"));
    }

    private static Operand<TFloat32> resized(Node node, Operand<TFloat32> relevance, RuleContext e) {
        Ops tf = e.tf;
        Operand<TInt32> size =
                tf.slice(e.stackedShape(node.input(0)), tf.constant(new int[] {1}), tf.constant(new int[] {2}));
        return tf.image.resizeNearestNeighborGrad(
                relevance,
                size,
                ResizeNearestNeighborGrad.alignCorners(node.flag("align_corners")),
                ResizeNearestNeighborGrad.halfPixelCenters(node.flag("half_pixel_centers")));
    }

    private static Operand<TFloat32> gathered(Node node, Operand<TFloat32> relevance, RuleContext e) {
        Ops tf = e.tf;
        TensorRef x = node.input(0);
        int axis = Math.floorMod(constant(node, 2, e)[0], e.network.rank(x));
        requireWholeBatch(node, axis > 0);
        int[] order = IntStream.range(0, e.network.rank(x))
                .map(i -> i == 0 ? axis : i == axis ? 0 : i)
                .toArray();
        long size = e.network.shape(x).orElseThrow()[axis];
        int[] indices = e.network
                .constant(node.input(1))
                .filter(value -> value.rank() == 1 && size > 0)
                .map(Constant::integers)
                .orElseThrow(() -> new ModelRefusedException("the indices of " + node + " are not a constant vector"));
        Operand<TFloat32> first = tf.linalg.transpose(relevance, tf.constant(order));
        Operand<TFloat32> moved = tf.math.unsortedSegmentSum(first, tf.constant(indices), tf.constant((int) size));
        return tf.linalg.transpose(moved, tf.constant(order));
    }

    private static int[] constant(Node node, int input, RuleContext e) {
        return e.network
                .constant(node.input(input))
                .map(Constant::integers)
                .orElseThrow(() -> new ModelRefusedException("how " + node
                        + " copies is not constant: input '" + node.input(input)
                        + "' is computed; save the model for a fixed height and width"));
    }

    private static void requireWholeBatch(Node node, boolean isWhole) {
        if (!isWhole) {
            throw new ModelRefusedException(
                    node + " repeats images of the batch or mixes them: each must be explained by"
                            + " itself; save the model without it");
        }
    }
}
