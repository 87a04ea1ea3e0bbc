package io.hedgerow.compiler.rules;

import io.hedgerow.compiler.graph.Constant;
import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.layer.Paddings;
import io.hedgerow.compiler.propagation.Conserves;
import io.hedgerow.compiler.propagation.Rule;
import io.hedgerow.compiler.propagation.RuleContext;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Operations that only move entries: relevance moves with its entry. */
public final class ReindexRule implements Rule {

    @Override
    public String family() {
        return "re-indexing";
    }

    @Override
    public String operations() {
        return "Reshape, Squeeze, ExpandDims, Transpose, Pad, PadV2, SpaceToDepth, DepthToSpace, ReverseV2";
    }

    @Override
    public boolean handles(Node node, Network network) {
        return switch (node.operation()) {
            case "Reshape", "Squeeze", "ExpandDims", "SpaceToDepth", "DepthToSpace" -> true;
            case "Transpose" ->
                network.constant(node.input(1))
                        .filter(permutation -> permutation.integers()[0] == 0)
                        .isPresent();
            case "Pad", "PadV2" -> Paddings.isZero(node, network);
            case "ReverseV2" -> axes(node, network).allMatch(axis -> axis > 0);
            default -> false;
        };
    }

    @Override
    public Conserves conserves(Node node, Network network) {
        return node.operation().startsWith("Pad") ? Conserves.AT_MOST : Conserves.ALL;
    }

    @Override
    public void propagate(Node node, RuleContext e) {
        Ops tf = e.tf;
        TensorRef x = node.input(0);
        Operand<TFloat32> relevance = e.relevance(node);
        switch (node.operation()) {
            case "Transpose" -> {
                int[] permutation = e.network
                        .constant(node.input(1))
                        .map(Constant::integers)
                        .orElseThrow();
                Operand<TFloat32> moved =
                        tf.linalg.transpose(e.stacked(relevance, node.output()), tf.constant(inverse(permutation)));
                e.send(x, e.rows(moved));
            }
            case "Pad", "PadV2" -> {
                int[] around = Paddings.around(node, e.network);
                int[] corner = IntStream.range(0, around.length / 2)
                        .map(axis -> around[2 * axis])
                        .toArray();
                Operand<TFloat32> inner =
                        tf.slice(e.stacked(relevance, node.output()), tf.constant(corner), e.stackedShape(x));
                e.send(x, e.rows(inner));
            }
            case "SpaceToDepth" ->
                e.send(
                        x,
                        e.rows(tf.nn.depthToSpace(e.stacked(relevance, node.output()), node.number("block_size", 2))));
            case "DepthToSpace" ->
                e.send(
                        x,
                        e.rows(tf.nn.spaceToDepth(e.stacked(relevance, node.output()), node.number("block_size", 2))));
            case "ReverseV2" -> {
                int[] axes = axes(node, e.network).toArray();
                e.send(x, e.rows(tf.reverse(e.stacked(relevance, node.output()), tf.constant(axes))));
            }
            // rows hold one image's entries in order, whatever its shape
            default -> e.send(x, relevance);
        }
    }

    private static int[] inverse(int[] permutation) {
        int[] inverse = new int[permutation.length];
        for (int i = 0; i < permutation.length; i++) {
            inverse[permutation[i]] = i;
        }
        return inverse;
    }

    /** The axes of a reversal, counted from the front; one that is 0, the batch, if they aren't constant. */
    private static IntStream axes(Node node, Network network) {
        int rank = network.rank(node.input(0));
        return Arrays.stream(
                        network.constant(node.input(1)).map(Constant::integers).orElse(new int[] {0}))
                .map(axis -> Math.floorMod(axis, rank));
    }
}
