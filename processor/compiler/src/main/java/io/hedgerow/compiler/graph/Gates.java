package io.hedgerow.compiler.graph;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Factors of a product that say how much of another signal counts, and nothing themselves: shares of a softmax, a sigmoid's
 * values.
 */
final class Gates {
    private static final Set<String> PRODUCTS = Operations.with(Set.of("Mul"), Operations.MATRIX_PRODUCTS);
    private static final Set<String> BOUNDED = Set.of("Softmax", "Sigmoid", "Tanh");
    /** Bounded, but an activation of features too unless it is scaled, as in a hard sigmoid. */
    private static final String CLIPPED = "Relu6";

    private static final Set<String> MOVES = Operations.with(
            Set.of("Identity", "Cast", "Transpose", "Slice", "StridedSlice", "Split", "SplitV", "Unpack", "GatherV2"),
            Operations.RESHAPES);
    private static final Set<String> AFFINE = Operations.AFFINE;

    private final Network network;

    Gates(Network network) {
        this.network = network;
    }

    /** Of the signals that a node takes those that aren't gates. */
    List<TensorRef> without(Node node) {
        List<TensorRef> signals = network.signals(node);
        if (!PRODUCTS.contains(node.operation()) || signals.size() < 2) {
            return signals;
        }
        List<TensorRef> gated =
                signals.stream().filter(signal -> !isBounded(signal)).toList();
        if (!gated.isEmpty()) {
            return gated;
        }
        // of two the one that is repeated for the other's entries
        long most = signals.stream().mapToLong(this::entries).max().orElse(0);
        return signals.stream().filter(signal -> entries(signal) == most).toList();
    }

    private boolean isBounded(TensorRef signal) {
        Node node = network.producer(signal);
        boolean scaled = false;
        while (!BOUNDED.contains(node.operation())) {
            List<TensorRef> signals = network.signals(node);
            boolean affine = AFFINE.contains(node.operation()) && signals.size() == 1;
            if (signals.isEmpty() || !(affine || MOVES.contains(node.operation()))) {
                return scaled && node.operation().equals(CLIPPED);
            }
            scaled |= affine;
            node = network.producer(signals.get(0));
        }
        return true;
    }

    private long entries(TensorRef tensor) {
        return network.shape(tensor).stream()
                .flatMapToLong(shape -> Arrays.stream(shape).skip(1))
                .map(size -> Math.max(1, size))
                .reduce(1, (a, b) -> a * b);
    }
}
