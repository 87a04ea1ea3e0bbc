package io.hedgerow.compiler.rules;

import io.hedgerow.compiler.graph.Constant;
import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.propagation.Broadcast;
import io.hedgerow.compiler.propagation.Conserves;
import io.hedgerow.compiler.propagation.Rule;
import io.hedgerow.compiler.propagation.RuleContext;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.core.ReduceMin;
import org.tensorflow.op.math.Cumsum;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The larger or the smaller of several entries, of two signals or along axes of one (maxout, LightCNN's max feature map): the
 * entry that won takes all, of equals the first.
 */
public final class WinnerRule implements Rule {
    private static final Set<String> OF_TWO = Set.of("Maximum", "Minimum");
    private static final Set<String> ALONG_AXES = Set.of("Max", "Min");

    @Override
    public String family() {
        return "maximum";
    }

    @Override
    public String operations() {
        return "Maximum, Minimum of two signals; Max, Min along axes of one";
    }

    @Override
    public boolean handles(Node node, Network network) {
        if (OF_TWO.contains(node.operation())) {
            return network.signals(node).size() == 2
                    && network.signals(node).stream()
                            .allMatch(signal -> network.rank(signal) == network.rank(node.output()));
        }
        return ALONG_AXES.contains(node.operation())
                && !axes(node, network).isEmpty()
                && axes(node, network).stream().allMatch(axis -> axis > 0);
    }

    @Override
    public Conserves conserves(Node node, Network network) {
        return Conserves.ALL;
    }

    @Override
    public void propagate(Node node, RuleContext e) {
        if (OF_TWO.contains(node.operation())) {
            ofTwo(node, e);
        } else {
            alongAxes(node, e);
        }
    }

    private static void ofTwo(Node node, RuleContext e) {
        Ops now = e.tf.withControlDependencies(e.relevance(node));
        TensorRef left = node.input(0);
        TensorRef right = node.input(1);
        Operand<TFloat32> x = e.activation(left);
        Operand<TFloat32> y = e.activation(right);
        Operand<TBool> first =
                node.operation().equals("Maximum") ? now.math.greaterEqual(x, y) : now.math.lessEqual(x, y);
        send(left, first, node, e);
        send(right, e.tf.math.logicalNot(first), node, e);
    }

    private static void send(TensorRef operand, Operand<TBool> won, Node node, RuleContext e) {
        Operand<TFloat32> share = e.tf.math.mul(e.relevance(node), e.activationRows(e.indicator(won)));
        e.send(operand, e.rows(Broadcast.back(e.stacked(share, node.output()), operand, node.output(), e)));
    }

    private static void alongAxes(Node node, RuleContext e) {
        Ops tf = e.tf;
        TensorRef x = node.input(0);
        int[] kept = new int[e.network.rank(x)];
        int[] reduced = new int[kept.length];
        Arrays.fill(kept, 1);
        Ops now = tf.withControlDependencies(e.relevance(node));
        Operand<TFloat32> at = e.activation(x);
        Operand<TFloat32> won = tf.constant(1f);
        // the last axis first, so that the first of equals is that in row-major order
        for (int axis : axes(node, e.network)) {
            kept[axis] = 0;
            reduced[axis] = 1;
            Operand<TFloat32> best = reduced(node, at, axis, now);
            won = tf.math.mul(won, first(e.indicator(now.math.equal(at, best)), axis, e));
            at = best;
        }
        Operand<TInt32> shape = e.stackedShape(x);
        Operand<TInt32> narrow = tf.math.add(tf.math.mul(shape, tf.constant(kept)), tf.constant(reduced));
        Operand<TFloat32> spread = e.rows(tf.broadcastTo(tf.reshape(e.relevance(node), narrow), shape));
        e.send(x, tf.math.mul(spread, e.activationRows(won)));
    }

    private static Operand<TFloat32> reduced(Node node, Operand<TFloat32> x, int axis, Ops now) {
        return node.operation().equals("Max")
                ? now.reduceMax(x, now.constant(axis), ReduceMax.keepDims(true))
                : now.reduceMin(x, now.constant(axis), ReduceMin.keepDims(true));
    }

    /** Of ones along an axis the first. */
    private static Operand<TFloat32> first(Operand<TFloat32> ones, int axis, RuleContext e) {
        Operand<TFloat32> before = e.tf.math.cumsum(ones, e.tf.constant(axis), Cumsum.exclusive(true));
        return e.tf.math.mul(ones, e.indicator(e.tf.math.equal(before, e.tf.constant(0f))));
    }

    /** From the last to the first; none if they aren't constant. */
    private static List<Integer> axes(Node node, Network network) {
        int rank = network.rank(node.input(0));
        int[] axes = network.constant(node.input(1)).map(Constant::integers).orElse(new int[0]);
        return rank < 1
                ? List.of()
                : Arrays.stream(axes)
                        .map(axis -> Math.floorMod(axis, rank))
                        .boxed()
                        .sorted(Comparator.reverseOrder())
                        .toList();
    }
}
