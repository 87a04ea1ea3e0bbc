package io.hedgerow.compiler.rules;

import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.graph.Operations;
import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.propagation.Conserves;
import io.hedgerow.compiler.propagation.Rule;
import io.hedgerow.compiler.propagation.RuleContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Multiplication of two signals (squeeze and excitation, swish, hard swish): the gate takes nothing. */
public final class GateRule implements Rule {
    private static final Set<String> BOUNDED = Set.of("Sigmoid", "Relu6", "Tanh", "Erf", "Softmax", "ClipByValue");
    private static final Set<Set<String>> CLIPS = Set.of(Set.of("Maximum", "Minimum"), Set.of("Minimum", "Relu"));
    /** What a bounded function's values go through on their way to the product. */
    private static final Set<String> BETWEEN =
            Operations.with(Set.of("Identity", "Transpose"), Operations.AFFINE, Operations.RESHAPES);

    @Override
    public String family() {
        return "gate";
    }

    @Override
    public String operations() {
        return "Mul of two signals, one of which is 1 x 1 or comes from Sigmoid, Relu6, Tanh, Erf, Softmax,"
                + " ClipByValue or Minimum after Maximum or Relu";
    }

    @Override
    public boolean handles(Node node, Network network) {
        return multiplies(node, network);
    }

    private static boolean multiplies(Node node, Network network) {
        return node.operation().equals("Mul") && network.signals(node).size() == 2;
    }

    @Override
    public Conserves conserves(Node node, Network network) {
        return Conserves.ALL;
    }

    @Override
    public void propagate(Node node, RuleContext e) {
        TensorRef signal = signal(node, e.network)
                .orElseThrow(() -> new ModelRefusedException(node + " can't be explained: it multiplies '"
                        + node.input(0) + "' and '" + node.input(1) + "', "
                        + (isGate(node.input(0), node.input(1), e.network) ? "both" : "neither")
                        + " of which may be a gate (1 x 1, or bounded as by a sigmoid), as spatial transformers"
                        + " and capsules do. If it belongs to the head, name a reference layer before it with"
                        + " --reference-layer; else save the part of the model after it"));
        e.send(signal, e.relevance(node));
    }

    /** Of a product of a signal and a gate the signal; empty for anything else, and where that can't be told. */
    public static Optional<TensorRef> signal(Node node, Network network) {
        if (!multiplies(node, network)) {
            return Optional.empty();
        }
        TensorRef left = node.input(0);
        TensorRef right = node.input(1);
        boolean leftIsGate = isGate(left, right, network);
        boolean rightIsGate = isGate(right, left, network);
        if (leftIsGate && rightIsGate) {
            // what a gate is computed from is what it lets through
            leftIsGate = network.isComputedFrom(left, right);
            rightIsGate = network.isComputedFrom(right, left);
        }
        return leftIsGate == rightIsGate ? Optional.empty() : Optional.of(leftIsGate ? right : left);
    }

    private static boolean isGate(TensorRef operand, TensorRef other, Network network) {
        boolean point = isPoint(operand, network);
        boolean otherPoint = isPoint(other, network);
        return point == otherPoint ? isBounded(operand, network) : point;
    }

    private static boolean isPoint(TensorRef tensor, Network network) {
        return network.rank(tensor) == 4 && network.isPoint(tensor);
    }

    private static boolean isBounded(TensorRef operand, Network network) {
        Node node = network.producer(operand);
        while (!BOUNDED.contains(node.operation()) && !isClipped(node, network)) {
            List<TensorRef> signals = network.signals(node);
            boolean passes = BETWEEN.contains(node.operation()) || Operations.isRounding(node.operation());
            if (!passes || signals.size() != 1) {
                return false;
            }
            node = network.producer(signals.get(0));
        }
        return true;
    }

    /** A limit from one side, right after one from the other. */
    private static boolean isClipped(Node node, Network network) {
        Set<String> limits = new TreeSet<>(Set.of(node.operation()));
        network.signals(node)
                .forEach(input -> limits.add(network.producer(input).operation()));
        return CLIPS.contains(limits);
    }
}
