package io.hedgerow.compiler.layer;

import io.hedgerow.compiler.analysis.SignAnalysis;
import io.hedgerow.compiler.graph.Constant;
import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.graph.TensorRef;
import java.util.Optional;
import java.util.Set;

/**
 * A Pad operation that belongs to the layer after it: padding is outside the layer's input.
 *
 * @param input what is padded
 * @param top rows before
 * @param bottom rows after
 * @param left columns before
 * @param right columns after
 */
public record Paddings(TensorRef input, int top, int bottom, int left, int right) {
    private static final Set<String> OPERATIONS = Set.of("Pad", "PadV2");
    /** The lowest finite float16: no activation comes near, and every format's lowest number is as low. */
    private static final float LOWEST_HALF = -65504;

    /** The zero padding of height and width that makes this tensor, if that is what makes it. */
    public static Optional<Paddings> of(TensorRef tensor, Network network) {
        Node node = network.producer(tensor);
        return isZero(node, network) ? of(node, network) : Optional.empty();
    }

    /**
     * The padding of height and width that makes this tensor, if its number is so low that it is never the largest of a window
     * with any entry of what is padded.
     */
    public static Optional<Paddings> beforeMaximum(TensorRef tensor, Network network) {
        Node node = network.producer(tensor);
        boolean isLow = isPad(node)
                && value(node, network)
                        .filter(value -> value <= LOWEST_HALF
                                || (value < 0 && new SignAnalysis(network).isNonNegative(node.input(0))))
                        .isPresent();
        return isLow ? of(node, network) : Optional.empty();
    }

    public static boolean isPad(Node node) {
        return OPERATIONS.contains(node.operation());
    }

    /** Whether a node pads an image's tensor with zeros, on any axes. */
    public static boolean isZero(Node node, Network network) {
        int[] around = isPad(node) ? around(node, network) : new int[0];
        return around.length > 0
                && around[0] == 0
                && around[1] == 0
                && value(node, network).filter(value -> value == 0).isPresent();
    }

    /** How many are added before and after on each axis of a Pad; empty if that isn't constant. */
    public static int[] around(Node pad, Network network) {
        return network.constant(pad.input(1)).map(Constant::integers).orElse(new int[0]);
    }

    private static Optional<Float> value(Node node, Network network) {
        return node.inputs().size() < 3
                ? Optional.of(0f)
                : network.constant(node.input(2)).map(value -> value.values()[0]);
    }

    /** Of height and width, as the layer after it takes them. */
    private static Optional<Paddings> of(Node node, Network network) {
        int[] p = around(node, network);
        return p.length == 8 && p[0] == 0 && p[1] == 0 && p[6] == 0 && p[7] == 0
                ? Optional.of(new Paddings(node.input(0), p[2], p[3], p[4], p[5]))
                : Optional.empty();
    }

    public static Paddings none(TensorRef input) {
        return new Paddings(input, 0, 0, 0, 0);
    }

    public boolean isNone() {
        return top == 0 && bottom == 0 && left == 0 && right == 0;
    }

    public Paddings plus(int moreTop, int moreBottom, int moreLeft, int moreRight) {
        return new Paddings(input, top + moreTop, bottom + moreBottom, left + moreLeft, right + moreRight);
    }
}
