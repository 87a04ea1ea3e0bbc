package io.hedgerow.compiler.rules;

import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.graph.Constant;
import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.graph.Operations;
import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.layer.MaxPooling;
import io.hedgerow.compiler.layer.Paddings;
import io.hedgerow.compiler.propagation.Conserves;
import io.hedgerow.compiler.propagation.Rule;
import io.hedgerow.compiler.propagation.RuleContext;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Max and average pooling: relevance goes back in proportion to what each entry gave, never to padding. */
public final class PoolingRule implements Rule {
    private static final Set<String> OPERATIONS = Operations.POOLINGS;
    private static final float TINY = 1e-9f;

    @Override
    public String family() {
        return "pooling";
    }

    @Override
    public String operations() {
        return "MaxPool, MaxPoolV2, AvgPool";
    }

    @Override
    public boolean handles(Node node, Network network) {
        return OPERATIONS.contains(node.operation());
    }

    @Override
    public Conserves conserves(Node node, Network network) {
        return isWide(node, network) ? Conserves.AT_MOST : Conserves.ALL;
    }

    @Override
    public void propagate(Node node, RuleContext e) {
        Ops tf = e.tf;
        List<Long> window = sizes(node, "ksize", 1, e.network);
        List<Long> strides = sizes(node, "strides", 2, e.network);
        Paddings pad = padding(node, e.network);
        String padding = node.text("padding", "VALID").equals("SAME") ? "SAME" : "VALID";

        boolean max = isMaximum(node);
        Operand<TFloat32> x = e.activations.positive(pad.input(), tf);
        if (!max) {
            x = tf.math.add(x, tf.constant(TINY));
        }
        if (!pad.isNone()) {
            // never the largest of a window, and nothing to an average
            x = tf.pad(x, tf.constant(borders(pad)), tf.constant(max ? -1f : 0f));
        }
        Operand<TInt32> sizes = e.stackedShape(x);
        Operand<TFloat32> shares;
        if (max) {
            // the largest entry is all of its window's maximum: x̃ ⊘ Z is 1 there
            MaxPooling pooling = new MaxPooling(window, strides, padding);
            // pooled once for each class: the fast gradient is that of the pooling which it follows
            Operand<TFloat32> repeated = e.repeated(x);
            shares = e.rows(pooling.back(
                    tf, repeated, pooling.forward(tf, repeated), e.stacked(e.relevance(node), node.output())));
        } else {
            Operand<TFloat32> z = tf.nn.avgPool(x, window, strides, padding);
            Operand<TFloat32> share = e.stacked(e.divided(e.relevance(node), z), node.output());
            Operand<TFloat32> back = tf.nn.avgPoolGrad(sizes, share, window, strides, padding);
            shares = tf.math.mul(e.activationRows(x), e.rows(back));
        }
        if (!pad.isNone()) {
            Operand<TInt32> corner = tf.constant(new int[] {0, pad.top(), pad.left(), 0});
            shares = e.rows(tf.slice(tf.reshape(shares, sizes), corner, e.stackedShape(pad.input())));
        }
        e.send(pad.input(), shares);
    }

    /** Whether some windows may lie in the padding alone, so that what they have goes nowhere. */
    private static boolean isWide(Node node, Network network) {
        return isWide(node, padding(node, network), network);
    }

    private static boolean isWide(Node node, Paddings pad, Network network) {
        List<Long> window = sizes(node, "ksize", 1, network);
        boolean more = node.text("padding", "VALID").equals("SAME") && !pad.isNone();
        return more
                || Math.max(pad.top(), pad.bottom()) >= window.get(1)
                || Math.max(pad.left(), pad.right()) >= window.get(2);
    }

    private static boolean isMaximum(Node node) {
        return node.operation().startsWith("MaxPool");
    }

    /** All around the input but for what SAME adds, which is always less than a window. */
    private static Paddings padding(Node node, Network network) {
        Paddings pad = before(node, network);
        if (!node.text("padding", "VALID").equals("EXPLICIT")) {
            return pad;
        }
        List<Long> p = node.numbers("explicit_paddings");
        return pad.plus(
                p.get(2).intValue(),
                p.get(3).intValue(),
                p.get(4).intValue(),
                p.get(5).intValue());
    }

    /** What a Pad before it adds, by zeros or, before a maximum, by what is never the largest. */
    private static Paddings before(Node node, Network network) {
        TensorRef x = node.input(0);
        Node pad = network.producer(x);
        Optional<Paddings> zeros = Paddings.of(x, network);
        if (zeros.isPresent() || !isMaximum(node) || !Paddings.isPad(pad) || Paddings.isZero(pad, network)) {
            return zeros.orElse(Paddings.none(x));
        }
        Paddings low = Paddings.beforeMaximum(x, network)
                .orElseThrow(() -> new ModelRefusedException("what " + pad
                        + " pads with may be the largest in a window of " + node
                        + ": pad with the lowest number of its type, or by the pooling itself"));
        if (isWide(node, low, network)) {
            throw new ModelRefusedException("windows of " + node + " may lie in the padding of " + pad
                    + " alone, where they have no maximum: pad by less than a window");
        }
        return low;
    }

    private static int[][] borders(Paddings pad) {
        return new int[][] {{0, 0}, {pad.top(), pad.bottom()}, {pad.left(), pad.right()}, {0, 0}};
    }

    private static List<Long> sizes(Node node, String attribute, int input, Network network) {
        if (node.has(attribute)) {
            return node.numbers(attribute);
        }
        int[] sizes = network.constant(node.input(input))
                .map(Constant::integers)
                .orElseThrow(
                        () -> new ModelRefusedException("the " + attribute + " of " + node + " is not a constant"));
        return Arrays.stream(sizes).asLongStream().boxed().toList();
    }
}
