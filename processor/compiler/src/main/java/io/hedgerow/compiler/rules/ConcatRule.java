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
import java.util.function.BiFunction;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Concatenation: relevance is split along the axis. */
public final class ConcatRule implements Rule {
    private final BiFunction<Operand<TFloat32>, TensorRef, Operand<TFloat32>> kept;

    /** @param kept what a part keeps of the relevance that is its own: K × B × n */
    public ConcatRule(BiFunction<Operand<TFloat32>, TensorRef, Operand<TFloat32>> kept) {
        this.kept = kept;
    }

    @Override
    public String family() {
        return "concatenation";
    }

    @Override
    public String operations() {
        return "Concat, ConcatV2";
    }

    @Override
    public boolean handles(Node node, Network network) {
        return Operations.isConcatenation(node);
    }

    @Override
    public Conserves conserves(Node node, Network network) {
        return Conserves.AT_MOST;
    }

    @Override
    public void propagate(Node node, RuleContext e) {
        Ops tf = e.tf;
        boolean axisLast = node.operation().equals("ConcatV2");
        int count = node.inputs().size() - 1;
        List<TensorRef> parts =
                axisLast ? node.inputs().subList(0, count) : node.inputs().subList(1, count + 1);
        int rank = e.network.rank(node.output());
        int axis = e.network
                .constant(node.input(axisLast ? count : 0))
                .map(value -> Math.floorMod(value.integers()[0], rank))
                .orElseThrow(() -> new ModelRefusedException("the axis of " + node + " is not a constant"));
        Operand<TFloat32> relevance = e.stacked(e.relevance(node), node.output());
        Operand<TInt32> zeros = tf.constant(new int[rank]);
        Operand<TInt32> begin = zeros;
        for (TensorRef part : parts) {
            Operand<TInt32> shape = e.stackedShape(part);
            if (e.network.dependsOnImage(part)) {
                e.send(part, kept.apply(e.rows(tf.slice(relevance, begin, shape)), part));
            }
            int[] along = new int[rank];
            along[axis] = 1;
            begin = tf.math.add(begin, tf.math.mul(shape, tf.constant(along)));
        }
    }
}
