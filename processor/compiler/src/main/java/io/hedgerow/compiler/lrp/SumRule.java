package io.hedgerow.compiler.lrp;

import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.graph.Operations;
import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.propagation.Conserves;
import io.hedgerow.compiler.propagation.Rule;
import io.hedgerow.compiler.propagation.RuleContext;
import java.util.List;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Addition of signals: each takes its share of the sum, signed as it is. */
final class SumRule implements Rule {
    private static final Set<String> OPERATIONS = Operations.SUMS;
    /** Added to a sum away from 0, as the ε rule has it. */
    private static final float EPSILON = 1e-6f;

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
        List<TensorRef> signals = network.signals(node);
        return OPERATIONS.contains(node.operation())
                && signals.size() > 1
                && signals.stream().allMatch(signal -> network.rank(signal) == network.rank(node.output()));
    }

    @Override
    public Conserves conserves(Node node, Network network) {
        // shares of a sum of both signs may each be any number
        return Conserves.FINITE;
    }

    @Override
    public void propagate(Node node, RuleContext e) {
        Ops tf = e.tf;
        List<TensorRef> signals = e.network.signals(node);
        Operand<TFloat32> sum = signals.stream()
                .<Operand<TFloat32>>map(signal -> e.activationRows(e.activation(signal)))
                .reduce(tf.math::add)
                .orElseThrow();
        Operand<TFloat32> isNegative = e.indicator(tf.math.less(sum, tf.constant(0f)));
        Operand<TFloat32> away = tf.math.sub(tf.constant(EPSILON), tf.math.mul(isNegative, tf.constant(2 * EPSILON)));
        Operand<TFloat32> unit = tf.math.div(e.relevance(node), tf.math.add(sum, away));
        signals.forEach(signal -> e.send(signal, tf.math.mul(unit, e.activationRows(e.activation(signal)))));
    }
}
