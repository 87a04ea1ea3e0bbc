package io.hedgerow.compiler.rules;

import io.hedgerow.compiler.network.Network;
import io.hedgerow.compiler.network.Node;
import io.hedgerow.compiler.network.TensorRef;
import java.util.List;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Addition of signals: all relevance goes down the operand with the most convolutions on its longest path from the
 * image; operands that tie share it by magnitude.
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
        return OPERATIONS.contains(node.operation())
                && network.signals(node).size() > 1
                && network.signals(node).stream()
                        .allMatch(signal -> network.rank(signal) == network.rank(node.output()));
    }

    @Override
    public void propagate(Node node, Emission e) {
        List<TensorRef> signals = e.network.signals(node);
        int most = signals.stream().mapToInt(e.network::convolutions).max().orElse(0);
        List<TensorRef> deepest = signals.stream()
                .filter(signal -> e.network.convolutions(signal) == most)
                .toList();
        Operand<TFloat32> relevance = e.relevance(node);
        if (deepest.size() == 1) {
            e.send(deepest.get(0), relevance);
            return;
        }
        List<Operand<TFloat32>> magnitudes = deepest.stream()
                .<Operand<TFloat32>>map(signal -> e.tf.math.abs(e.activationRows(e.activation(signal))))
                .toList();
        Operand<TFloat32> sum = magnitudes.stream().reduce(e.tf.math::add).orElseThrow();
        Operand<TFloat32> unit = e.tf.math.divNoNan(relevance, sum);
        for (int i = 0; i < deepest.size(); i++) {
            e.send(deepest.get(i), e.tf.math.mul(unit, magnitudes.get(i)));
        }
    }
}
