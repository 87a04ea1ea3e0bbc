package io.hedgerow.compiler.rules;

import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.propagation.Conserves;
import io.hedgerow.compiler.propagation.Rule;
import io.hedgerow.compiler.propagation.RuleContext;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Activations made of several operations (PReLU, ELU with a factor, CELU, ReLU with a slope): whatever computes each entry
 * from the same entry of one tensor leaves relevance as it is.
 */
public final class ActivationRule implements Rule {
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

    /** Of these the ones that don't activate by themselves. */
    private static final Set<String> PRODUCTS = Set.of("Mul", "RealDiv", "Div");

    private static final Set<String> LINEAR = Set.of(
            "Add",
            "AddN",
            "AddV2",
            "Cast",
            "Div",
            "Identity",
            "Mul",
            "Neg",
            "OnesLike",
            "RealDiv",
            "StopGradient",
            "Sub",
            "ZerosLike");

    /** Activations that compute an entry from several. */
    private static final Set<String> OF_CHANNELS = Set.of("Softmax", "LogSoftmax", "Max", "Min");

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
    public Conserves conserves(Node node, Network network) {
        return Conserves.ALL;
    }

    @Override
    public void propagate(Node node, RuleContext e) {
        e.send(source(node, e.network).orElseThrow(), e.relevance(node));
    }

    /** Whether a node computes each entry from the same entry of one tensor, which it takes several times. */
    public static boolean isOfOneTensor(Node node, Network network) {
        return OPERATIONS.contains(node.operation())
                && network.signals(node).size() > 1
                && source(node, network).isPresent();
    }

    /**
     * Whether a node is where an activation ends: it computes each entry from the same entry of one tensor, and not only by
     * adding and by multiplying with constants.
     */
    public static boolean activates(Node node, Network network) {
        if (!LINEAR.contains(node.operation())) {
            return OPERATIONS.contains(node.operation()) || OF_CHANNELS.contains(node.operation());
        }
        Optional<TensorRef> source = isOfOneTensor(node, network) ? source(node, network) : Optional.empty();
        return source.isPresent() && !isLinear(node, source.get(), network);
    }

    /** Whether nothing but sums and products with constants lies between a node and its source. */
    private static boolean isLinear(Node node, TensorRef source, Network network) {
        Deque<Node> open = new ArrayDeque<>(List.of(node));
        Set<String> seen = new HashSet<>();
        while (!open.isEmpty()) {
            Node at = open.pop();
            List<TensorRef> signals = network.signals(at);
            if (!LINEAR.contains(at.operation()) || (PRODUCTS.contains(at.operation()) && signals.size() > 1)) {
                return false;
            }
            signals.stream()
                    .filter(signal -> !signal.equals(source) && seen.add(signal.node()))
                    .forEach(signal -> open.push(network.producer(signal)));
        }
        return true;
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
