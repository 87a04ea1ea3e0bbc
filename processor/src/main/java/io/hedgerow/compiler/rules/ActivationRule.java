package io.hedgerow.compiler.rules;

import io.hedgerow.compiler.network.Network;
import io.hedgerow.compiler.network.Node;
import io.hedgerow.compiler.network.TensorRef;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Activations made of several operations (PReLU, ELU with a factor, CELU, ReLU with a slope): whatever computes each entry
 * from the same entry of one tensor leaves relevance as it is.
 */
final class ActivationRule implements Rule {
    private static final Set<String> OPERATIONS = Set.of(
            "Abs",
            "Add",
            "AddV2",
            "AddN",
            "Atan",
            "Cast",
            "ClipByValue",
            "Div",
            "Elu",
            "Equal",
            "Erf",
            "Erfc",
            "Exp",
            "Expm1",
            "Greater",
            "GreaterEqual",
            "Identity",
            "LeakyRelu",
            "Less",
            "LessEqual",
            "Log",
            "Log1p",
            "LogicalAnd",
            "LogicalNot",
            "LogicalOr",
            "Maximum",
            "Minimum",
            "Mul",
            "Neg",
            "OnesLike",
            "Pow",
            "RealDiv",
            "Reciprocal",
            "Relu",
            "Relu6",
            "Rsqrt",
            "Select",
            "SelectV2",
            "Selu",
            "Sigmoid",
            "Sign",
            "Sin",
            "Softplus",
            "Softsign",
            "Sqrt",
            "Square",
            "SquaredDifference",
            "StopGradient",
            "Sub",
            "Tanh",
            "ZerosLike");

    @Override
    public String family() {
        return "activation";
    }

    @Override
    public String operations() {
        return String.join(", ", new TreeSet<>(OPERATIONS)) + ", where together they compute each entry from the same"
                + " entry of one signal";
    }

    @Override
    public boolean handles(Node node, Network network) {
        return OPERATIONS.contains(node.operation()) && source(node, network).isPresent();
    }

    @Override
    public boolean sendsAll(Node node, Network network) {
        return true;
    }

    @Override
    public void propagate(Node node, Emission e) {
        e.send(source(node, e.network).orElseThrow(), e.relevance(node));
    }

    /** The nearest tensor of the node's own shape that all of its signals are computed from, entry by entry. */
    private static Optional<TensorRef> source(Node node, Network network) {
        List<Node> order = network.order();
        Set<TensorRef> open = new HashSet<>(network.signals(node));
        for (int i = order.size() - 1; i >= 0 && open.size() > 1; i--) {
            Node producer = order.get(i);
            if (open.removeIf(tensor -> tensor.node().equals(producer.name()))) {
                if (!OPERATIONS.contains(producer.operation())) {
                    return Optional.empty();
                }
                open.addAll(network.signals(producer));
            }
        }
        return open.stream()
                .filter(source -> sameShape(source, node.output(), network))
                .findFirst();
    }

    private static boolean sameShape(TensorRef one, TensorRef other, Network network) {
        return Arrays.equals(
                network.shape(one).orElse(new long[] {-1}), network.shape(other).orElse(new long[] {-2}));
    }
}
