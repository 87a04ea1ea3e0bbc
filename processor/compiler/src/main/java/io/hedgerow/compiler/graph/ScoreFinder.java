package io.hedgerow.compiler.graph;

import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.api.OutputKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the scores behind a model's output, over what only moves them and over softmax or sigmoid, and says what kind of
 * number the output is.
 */
final class ScoreFinder {
    private static final Set<String> RESHAPES = Operations.with(Set.of("Identity", "Cast"), Operations.RESHAPES);
    private static final Set<String> CURVED = Set.of("Exp", "Pow", "Sqrt");
    private static final Set<String> JOINS = Operations.with(
            Set.of(
                    "Identity",
                    "Cast",
                    "Mean",
                    "Sum",
                    "Max",
                    "Maximum",
                    "Minimum",
                    "ClipByValue",
                    "Pack",
                    "Slice",
                    "StridedSlice",
                    "Split",
                    "Unpack",
                    "Transpose",
                    "Exp",
                    "Log",
                    "Pow",
                    "Sqrt"),
            Operations.AFFINE,
            Operations.SUMS,
            Operations.CONCATENATIONS,
            Operations.RESHAPES);
    /** Of what the shares of networks sum to. */
    private static final double TOLERANCE = 1e-3;

    private final Network network;
    private final Gates gates;

    ScoreFinder(Network network) {
        this.network = network;
        this.gates = new Gates(network);
    }

    /** The scores behind an output. */
    Scores find(TensorRef output) {
        TensorRef at = output;
        while (true) {
            Node node = network.producer(at);
            Optional<Activation> activation = Activation.endingAt(node, network);
            if (activation.isPresent()) {
                String name = activation.get().name();
                OutputKind kind =
                        name.equals(Activation.LOG_SOFTMAX) ? OutputKind.LOG_PROBABILITY : OutputKind.PROBABILITY;
                return new Scores(activation.get().logits(), name, kind, List.of());
            }
            if (Operations.CHOICES.contains(node.operation())) {
                throw new ModelRefusedException(
                        ("the output '%s' holds no scores, but what %s chooses by them: choose the scores"
                                        + " [N, classes] with --output, or save the model with them")
                                .formatted(output, node));
            }
            if (!RESHAPES.contains(node.operation()) && !Operations.isRounding(node.operation())) {
                break;
            }
            at = node.input(0);
        }
        List<Activation> joined = joined(output);
        if (joined.isEmpty()) {
            boolean areLogits = new Logits(network, gates).are(at);
            return new Scores(output, "none", areLogits ? OutputKind.LOGIT : OutputKind.VALUE, List.of());
        }
        return new Scores(output, "none", kind(output, joined), joined);
    }

    /** Softmaxes and sigmoids of the output's classes that it is joined from. */
    private List<Activation> joined(TensorRef output) {
        List<Activation> found = new ArrayList<>();
        Deque<TensorRef> open = new ArrayDeque<>(List.of(output));
        Set<TensorRef> seen = new HashSet<>();
        while (!open.isEmpty()) {
            TensorRef at = open.pop();
            Node node = network.producer(at);
            if (at.equals(network.image()) || !seen.add(at)) {
                continue;
            }
            Optional<Activation> activation = Activation.endingAt(node, network);
            if (activation.isPresent()) {
                if (network.rank(at) == 2 && last(at) == last(output)) {
                    found.add(activation.get());
                }
            } else if (JOINS.contains(node.operation())) {
                gates.without(node).forEach(open::add);
            }
        }
        return found;
    }

    /** Probabilities where the shares in which networks' are added up sum to 1, as far as they are known. */
    private OutputKind kind(TensorRef output, List<Activation> joined) {
        Set<String> names = joined.stream().map(Activation::name).collect(Collectors.toSet());
        Set<TensorRef> parts = joined.stream().map(Activation::output).collect(Collectors.toSet());
        boolean logarithms = names.contains(Activation.LOG_SOFTMAX);
        Node last = network.producer(output);
        while (RESHAPES.contains(last.operation())) {
            last = network.producer(last.input(0));
        }
        boolean logarithm = last.operation().equals("Log");
        double shares = new JoinedShares(network, parts).of(logarithm ? last.input(0) : output);
        if (CURVED.contains(last.operation()) || (logarithm && logarithms)) {
            return OutputKind.VALUE;
        }
        if ((logarithms && names.size() > 1) || Math.abs(shares - 1) > TOLERANCE) {
            return OutputKind.VALUE;
        }
        return logarithms || logarithm ? OutputKind.LOG_PROBABILITY : OutputKind.PROBABILITY;
    }

    private long last(TensorRef tensor) {
        long[] shape = network.shape(tensor).orElse(new long[] {-1});
        return shape[shape.length - 1];
    }
}
