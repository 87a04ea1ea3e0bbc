package io.hedgerow.compiler.hedging;

import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.graph.Operations;
import io.hedgerow.compiler.graph.TensorRef;
import java.util.List;
import java.util.Set;

/** Additions of signals, and which of their operands lie deepest. */
final class Sums {
    private static final Set<String> OPERATIONS = Operations.SUMS;

    private Sums() {}

    /** Whether signals are added that are tensors of one kind. */
    static boolean adds(Node node, Network network) {
        return OPERATIONS.contains(node.operation())
                && network.signals(node).size() > 1
                && network.signals(node).stream()
                        .allMatch(signal -> network.rank(signal) == network.rank(node.output()));
    }

    /** The operands with the most convolutions on their longest path from the image. */
    static List<TensorRef> deepest(Node node, Network network) {
        List<TensorRef> signals = network.signals(node);
        int most = signals.stream().mapToInt(network::convolutions).max().orElse(0);
        return signals.stream()
                .filter(signal -> network.convolutions(signal) == most)
                .toList();
    }
}
