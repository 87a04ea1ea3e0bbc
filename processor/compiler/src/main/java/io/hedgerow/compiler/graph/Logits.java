package io.hedgerow.compiler.graph;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether numbers are on the scale of logits: made by layers with weights or of pooled features, and since then only added up, scaled
 * by constants, chosen from and moved. A logarithm of sums of exponentials is on their scale too.
 */
final class Logits {
    private static final int FEATURES = 3;
    private static final Set<String> WEIGHTED =
            Operations.with(Operations.CONVOLUTIONS, Operations.NORMALISATIONS, Operations.MATRIX_PRODUCTS);
    private static final Set<String> LINEAR = Operations.with(
            Set.of(
                    "BiasAdd",
                    "BiasAddV1",
                    "Mean",
                    "Sum",
                    "Pack",
                    "Neg",
                    "Max",
                    "Min",
                    "Identity",
                    "Cast",
                    "Slice",
                    "StridedSlice",
                    "Split",
                    "SplitV",
                    "Unpack",
                    "GatherV2",
                    "Transpose",
                    "StopGradient",
                    "Select",
                    "SelectV2"),
            Operations.AFFINE,
            Operations.POOLINGS,
            Operations.SUMS,
            Operations.CONCATENATIONS,
            Operations.RESHAPES);
    private static final Set<String> PRODUCTS = Set.of("Mul", "RealDiv", "Div");
    private static final Set<String> CONDITIONS = Set.of("Select", "SelectV2");
    private static final String LOGARITHM = "Log";
    private static final String EXPONENTIAL = "Exp";

    private final Network network;
    private final Gates gates;
    /** What was found out: sums of sums have more ways through them than nodes. */
    private final Map<Question, Boolean> answers = new HashMap<>();

    private record Question(TensorRef tensor, boolean isLogarithm) {}

    Logits(Network network, Gates gates) {
        this.network = network;
        this.gates = gates;
    }

    boolean are(TensorRef tensor) {
        return are(tensor, false);
    }

    private boolean are(TensorRef tensor, boolean isLogarithm) {
        Question question = new Question(tensor, isLogarithm);
        Boolean known = answers.get(question);
        if (known == null) {
            known = find(tensor, isLogarithm);
            answers.put(question, known);
        }
        return known;
    }

    private boolean find(TensorRef tensor, boolean isLogarithm) {
        Node node = network.producer(tensor);
        if (tensor.equals(network.image()) || Activation.endingAt(node, network).isPresent()) {
            return false;
        }
        if (WEIGHTED.contains(node.operation()) || network.rank(tensor) > FEATURES) {
            return true;
        }
        if (node.operation().equals(LOGARITHM)) {
            return are(node.input(0), true);
        }
        if (isLogarithm && node.operation().equals(EXPONENTIAL)) {
            return are(node.input(0), false);
        }
        List<TensorRef> signals = signals(node);
        boolean isLinear =
                LINEAR.contains(node.operation()) && (signals.size() == 1 || !PRODUCTS.contains(node.operation()));
        return isLinear && signals.stream().allMatch(signal -> are(signal, isLogarithm));
    }

    private List<TensorRef> signals(Node node) {
        return CONDITIONS.contains(node.operation())
                ? node.inputs().stream().skip(1).filter(network::dependsOnImage).toList()
                : gates.without(node);
    }
}
