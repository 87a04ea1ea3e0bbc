package io.hedgerow.compiler.graph;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Pooling by a generalised mean f⁻¹(mean f(x)): of powers (GeM), of squares (the L2 norm), of exponentials (log-sum-exp).
 * What is pooled is x, before f and what keeps x in its domain.
 */
final class PowerPooling {
    // RATIONALE: Why is a generalised mean pooling?
    private static final Set<String> FUNCTIONS = Set.of("Pow", "Square", "Exp", "Log", "Abs");
    private static final Set<String> INVERSES = Set.of("Pow", "Sqrt", "Log", "Rsqrt");
    private static final Set<String> AFFINE = Operations.AFFINE;
    private static final Set<String> LIMITS = Set.of("Maximum", "ClipByValue");
    private static final Set<String> OFFSETS = Set.of("Add", "AddV2", "Sub");
    private static final float LARGEST_OFFSET = 1e-2f;
    private static final float SMALLEST_LIMIT = 100;
    private static final Set<String> SAME = Set.of("Identity", "Cast", "CheckNumerics", "Reshape", "Squeeze");
    private static final Set<String> REDUCTIONS = Set.of("Mean", "Sum");

    private final Network network;

    PowerPooling(Network network) {
        this.network = network;
    }

    /**
     * What is pooled, where a collapse of space takes a function of it and what comes after takes the inverse.
     *
     * @param input of the collapse
     */
    Optional<TensorRef> pooled(Node collapse, TensorRef input) {
        if (!hasInverse(collapse)) {
            return Optional.empty();
        }
        TensorRef at = input;
        boolean taken = false;
        for (Optional<TensorRef> next = before(at); next.isPresent(); next = before(at)) {
            taken |= isFunction(network.producer(at));
            at = next.get();
        }
        return taken ? Optional.of(at) : Optional.empty();
    }

    /** The signal that a step of the function is taken of; empty where the function's argument is reached. */
    private Optional<TensorRef> before(TensorRef at) {
        Node node = network.producer(at);
        List<TensorRef> signals = network.signals(node);
        if (signals.isEmpty()) {
            return Optional.empty();
        }
        boolean one = signals.stream().distinct().count() == 1;
        boolean passes = isFunction(node)
                || (one && SAME.contains(node.operation()) && network.rank(signals.get(0)) == network.rank(at))
                || (one && LIMITS.contains(node.operation()) && keepsAboveZero(node))
                || isUpperLimit(node)
                || (AFFINE.contains(node.operation()) && ((one && isByNumber(node)) || isShift(node)));
        return passes ? Optional.of(signals.get(0)) : Optional.empty();
    }

    private boolean isFunction(Node node) {
        return FUNCTIONS.contains(node.operation())
                || (node.operation().equals("Mul") && node.input(0).equals(node.input(1)));
    }

    /** A lower bound of 0 would be an activation. */
    private boolean keepsAboveZero(Node node) {
        return node.inputs().stream()
                .skip(node.operation().equals("ClipByValue") ? 1 : 0)
                .limit(node.operation().equals("ClipByValue") ? 1 : 2)
                .flatMap(bound -> network.constant(bound).stream())
                .anyMatch(bound -> bound.size() == 1 && bound.values()[0] > 0);
    }

    /** A factor, or an offset as small as those that keep a root's argument from 0: a larger one would be a bias. */
    private boolean isByNumber(Node node) {
        float largest = OFFSETS.contains(node.operation()) ? LARGEST_OFFSET : Float.MAX_VALUE;
        return node.inputs().stream()
                .flatMap(input -> network.constant(input).stream())
                .allMatch(constant -> constant.size() == 1 && Math.abs(constant.values()[0]) <= largest);
    }

    /** x − max x, which keeps an exponential finite. */
    private boolean isShift(Node node) {
        return node.operation().equals("Sub")
                && network.signals(node).size() == 2
                && network.isComputedFrom(node.input(1), node.input(0))
                && network.rank(node.input(1)) == network.rank(node.input(0))
                && !Arrays.equals(
                        network.shape(node.input(0)).orElseThrow(),
                        network.shape(node.input(1)).orElseThrow());
    }

    /** Of a clip from above: a number too large for an activation's, or the largest that there is. */
    private boolean isUpperLimit(Node node) {
        if (!node.operation().equals("Minimum")) {
            return false;
        }
        return network.signals(node).size() == 1
                ? network.constant(node.input(1)).stream()
                        .anyMatch(limit -> limit.size() == 1 && limit.values()[0] >= SMALLEST_LIMIT)
                : network.isComputedFrom(node.input(1), node.input(0));
    }

    private boolean hasInverse(Node collapse) {
        TensorRef at = collapse.output();
        while (true) {
            List<Node> consumers = network.consumers(at);
            if (consumers.stream().map(Node::operation).anyMatch(INVERSES::contains)) {
                return true;
            }
            Optional<Node> next = consumers.stream()
                    .filter(node -> SAME.contains(node.operation())
                            || LIMITS.contains(node.operation())
                            || REDUCTIONS.contains(node.operation())
                            || (AFFINE.contains(node.operation())
                                    && network.signals(node).size() == 1))
                    .findFirst();
            if (next.isEmpty()) {
                return false;
            }
            at = next.get().output();
        }
    }
}
