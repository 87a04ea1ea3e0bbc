package io.hedgerow.compiler.hedging;

import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.method.Rule;
import io.hedgerow.compiler.method.RuleContext;
import java.util.List;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Addition of signals. Where an activation follows, all relevance goes down the operand with the most convolutions on its
 * longest path from the image, and operands that tie share it by magnitude; so do all operands of a linear sum.
 */
final class ResidualRule implements Rule {
    private static final Set<String> OPERATIONS = Set.of("Add", "AddV2", "AddN");

    @Override
    public String family() {
        return "residual addition";
    }

    @Override
    public String operations() {
        return "Add, AddV2, AddN of signals";
    }

    @Override
    public boolean handles(Node node, Network network) {
        return adds(node, network);
    }

    /** Whether signals are added that are tensors of one kind. */
    static boolean adds(Node node, Network network) {
        return OPERATIONS.contains(node.operation())
                && network.signals(node).size() > 1
                && network.signals(node).stream()
                        .allMatch(signal -> network.rank(signal) == network.rank(node.output()));
    }

    /** The operands that get anything. */
    static List<TensorRef> heirs(Node node, Network network, LinearTensors linear) {
        return linear.isLinearSum(node) ? network.signals(node) : deepest(node, network);
    }

    /** The operands with the most convolutions on their longest path from the image. */
    private static List<TensorRef> deepest(Node node, Network network) {
        List<TensorRef> signals = network.signals(node);
        int most = signals.stream().mapToInt(network::convolutions).max().orElse(0);
        return signals.stream()
                .filter(signal -> network.convolutions(signal) == most)
                .toList();
    }

    @Override
    public void propagate(Node node, RuleContext e) {
        List<TensorRef> heirs = heirs(node, e.network, e.linear);
        Operand<TFloat32> relevance = e.relevance(node);
        if (heirs.size() == 1) {
            e.send(heirs.get(0), relevance);
            return;
        }
        List<Operand<TFloat32>> magnitudes = heirs.stream()
                .<Operand<TFloat32>>map(signal -> e.tf.math.abs(e.activationRows(e.activation(signal))))
                .toList();
        Operand<TFloat32> sum = magnitudes.stream().reduce(e.tf.math::add).orElseThrow();
        Operand<TFloat32> unit = e.tf.math.divNoNan(relevance, sum);
        for (int i = 0; i < heirs.size(); i++) {
            e.send(heirs.get(i), e.tf.math.mul(unit, magnitudes.get(i)));
        }
    }
}
