package io.hedgerow.compiler.rules;

import io.hedgerow.compiler.network.Constant;
import io.hedgerow.compiler.network.Network;
import io.hedgerow.compiler.network.Node;
import io.hedgerow.compiler.network.TensorRef;
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
record Paddings(TensorRef input, int top, int bottom, int left, int right) {
    private static final Set<String> OPERATIONS = Set.of("Pad", "PadV2");

    /** The zero padding of height and width that makes this tensor, if that is what makes it. */
    static Optional<Paddings> of(TensorRef tensor, Network network) {
        Node node = network.producer(tensor);
        if (!OPERATIONS.contains(node.operation())) {
            return Optional.empty();
        }
        boolean zero = node.inputs().size() < 3
                || network.constant(node.input(2))
                        .filter(v -> v.values()[0] == 0)
                        .isPresent();
        int[] p = network.constant(node.input(1)).map(Constant::integers).orElse(new int[0]);
        if (!zero || p.length != 8 || p[0] != 0 || p[1] != 0 || p[6] != 0 || p[7] != 0) {
            return Optional.empty();
        }
        return Optional.of(new Paddings(node.input(0), p[2], p[3], p[4], p[5]));
    }

    static Paddings none(TensorRef input) {
        return new Paddings(input, 0, 0, 0, 0);
    }

    boolean isNone() {
        return top == 0 && bottom == 0 && left == 0 && right == 0;
    }

    Paddings plus(int moreTop, int moreBottom, int moreLeft, int moreRight) {
        return new Paddings(input, top + moreTop, bottom + moreBottom, left + moreLeft, right + moreRight);
    }
}
