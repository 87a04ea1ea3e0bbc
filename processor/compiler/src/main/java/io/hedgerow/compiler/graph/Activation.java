package io.hedgerow.compiler.graph;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a classifier makes of logits: a softmax, its logarithm or a sigmoid, as one operation or of its parts.
 *
 * @param name {@code softmax}, {@code log_softmax} or {@code sigmoid}
 * @param output what it gives
 * @param logits what it is taken of
 */
public record Activation(String name, TensorRef output, TensorRef logits) {
    public static final String SOFTMAX = "softmax";
    public static final String LOG_SOFTMAX = "log_softmax";
    public static final String SIGMOID = "sigmoid";

    private static final Map<String, String> OPERATIONS =
            Map.of("Softmax", SOFTMAX, "LogSoftmax", LOG_SOFTMAX, "Sigmoid", SIGMOID);
    /** What keeps a logarithm's argument from 0. */
    private static final Set<String> GUARDS = Set.of("Identity", "Add", "AddV2", "Maximum", "ClipByValue");

    /** The activation that a node ends, if it is one. */
    static Optional<Activation> endingAt(Node node, Network network) {
        String name = OPERATIONS.get(node.operation());
        if (name != null) {
            return Optional.of(new Activation(name, node.output(), node.input(0)));
        }
        return node.operation().equals("Log")
                ? logarithm(node, network)
                : exponents(node, network).map(x -> new Activation(SOFTMAX, node.output(), x));
    }

    private static Optional<Activation> logarithm(Node node, Network network) {
        Node inner = network.producer(node.input(0));
        while (GUARDS.contains(inner.operation()) && network.signals(inner).size() == 1) {
            inner = network.producer(network.signals(inner).get(0));
        }
        return inner.operation().equals("Softmax")
                ? Optional.of(new Activation(LOG_SOFTMAX, node.output(), inner.input(0)))
                : exponents(inner, network).map(x -> new Activation(LOG_SOFTMAX, node.output(), x));
    }

    /** What a softmax made of its parts, exp(x − max x) / Σ exp(x − max x), is taken of; empty for anything else. */
    private static Optional<TensorRef> exponents(Node division, Network network) {
        if (!division.operation().equals("RealDiv")
                || !network.dependsOnImage(division.input(0))
                || !network.dependsOnImage(division.input(1))) {
            return Optional.empty();
        }
        Node exponential = network.producer(division.input(0));
        Node sum = network.producer(division.input(1));
        if (!exponential.operation().equals("Exp")
                || !sum.operation().equals("Sum")
                || !sum.input(0).equals(exponential.output())) {
            return Optional.empty();
        }
        TensorRef x = exponential.input(0);
        Node shifted = network.producer(x);
        boolean byMaximum = shifted.operation().equals("Sub")
                && network.producer(shifted.input(1)).operation().equals("Max");
        return Optional.of(byMaximum ? shifted.input(0) : x);
    }
}
