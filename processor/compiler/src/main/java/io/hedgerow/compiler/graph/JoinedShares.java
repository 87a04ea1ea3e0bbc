package io.hedgerow.compiler.graph;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the factors sum to by which tensors are added up to another: 1 for a mean of them. NaN where it isn't known. */
final class JoinedShares {
    private static final Set<String> SAME = Operations.with(
            Set.of("Identity", "Cast", "Transpose", "ClipByValue", "Maximum", "Minimum"), Operations.RESHAPES);
    private static final Set<String> SUMS = Operations.SUMS;
    private static final Set<String> STACKS = Operations.with(Set.of("Pack"), Operations.CONCATENATIONS);

    private final Network network;
    private final Map<TensorRef, Double> shares = new HashMap<>();

    /**
     * The shares that each tensor is made of.
     *
     * @param parts that are added up
     */
    JoinedShares(Network network, Set<TensorRef> parts) {
        this.network = network;
        for (Node node : network.order()) {
            if (network.dependsOnImage(node)) {
                shares.put(node.output(), parts.contains(node.output()) ? 1 : share(node));
            }
        }
    }

    double of(TensorRef tensor) {
        return shares.getOrDefault(tensor, Double.NaN);
    }

    private double share(Node node) {
        List<TensorRef> signals = network.signals(node);
        boolean one = signals.size() == 1;
        return switch (node.operation()) {
            case "Mul" -> one ? of(signals.get(0)) * number(node) : Double.NaN;
            case "RealDiv" -> one ? of(signals.get(0)) / number(node) : Double.NaN;
            case "Mean" -> stacked(signals.get(0)) / parts(signals.get(0)).size();
            case "Sum" -> stacked(signals.get(0));
            default -> {
                if (one && SAME.contains(node.operation())) {
                    yield of(signals.get(0));
                }
                yield SUMS.contains(node.operation()) ? sum(signals) : Double.NaN;
            }
        };
    }

    private double number(Node node) {
        return node.inputs().stream()
                .flatMap(input -> network.constant(input).stream())
                .filter(constant -> constant.size() == 1)
                .mapToDouble(constant -> constant.values()[0])
                .findFirst()
                .orElse(Double.NaN);
    }

    private double stacked(TensorRef stack) {
        List<TensorRef> parts = parts(stack);
        return parts.isEmpty() ? Double.NaN : sum(parts);
    }

    private List<TensorRef> parts(TensorRef stack) {
        Node node = network.producer(stack);
        return STACKS.contains(node.operation()) ? network.signals(node) : List.of();
    }

    private double sum(List<TensorRef> parts) {
        return parts.stream().mapToDouble(this::of).sum();
    }
}
