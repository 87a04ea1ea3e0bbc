package io.hedgerow.compiler.hedging;

import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.propagation.Conserves;
import io.hedgerow.compiler.propagation.Rule;
import io.hedgerow.compiler.propagation.RuleContext;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Addition of signals. Where an activation follows, all relevance goes down the operand with the most convolutions on its
 * longest path from the image, and operands that tie share it by magnitude; so do all operands of a linear sum.
 */
final class ResidualRule implements Rule {
    private final LinearTensors linear;

    ResidualRule(LinearTensors linear) {
        this.linear = linear;
    }

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
        return Sums.adds(node, network);
    }

    @Override
    public Conserves conserves(Node node, Network network) {
        List<TensorRef> heirs = linear.heirs(node);
        return heirs.size() == 1 ? Conserves.ALL : new Conserves.WhereNotZero(heirs);
    }

    @Override
    public void propagate(Node node, RuleContext e) {
        List<TensorRef> heirs = linear.heirs(node);
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
