package io.hedgerow.compiler.propagation;

import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.graph.Operations;
import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.layer.Convolution;
import java.util.List;
import java.util.stream.Collectors;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Writes beside each rule what its relevance must sum to, by what the rule says that it conserves and with nothing of how it
 * does so: every convolution here is a forward one, each in its own right.
 */
public final class Conservation implements PropagationListener {
    // RATIONALE: Why does the self-check sum each layer anew?
    private static final String BRANCH = "branch of a linear sum";

    private final Ops tf;
    private final InvariantWriter writer;

    /**
     * Begins with no node seen.
     *
     * @param tf writes nodes that nothing of the explanation needs
     */
    public Conservation(Ops tf) {
        this.tf = tf;
        this.writer = new InvariantWriter(tf);
    }

    public List<Invariant> invariants() {
        return writer.invariants();
    }

    @Override
    public void saw(
            Node node, Rule rule, List<Operand<TFloat32>> received, List<Operand<TFloat32>> sent, RuleContext e) {
        if (sent.isEmpty()) {
            return;
        }
        Conserves conserves = rule.conserves(node, e.network);
        if (conserves instanceof Conserves.Stated stated) {
            stated.write(node, received.get(0), sent, e, writer);
        } else if (conserves instanceof Conserves.WhereNotZero where) {
            Operand<TFloat32> expected = writer.total(kept(where.tensors(), received.get(0), e));
            add(node, rule, writer.sum(sent), expected, writer.sum(writer.magnitudes(received)));
        } else {
            Operand<TFloat32> most = writer.sum(writer.magnitudes(received));
            switch ((Conserves.Share) conserves) {
                case ALL -> add(node, rule, writer.sum(sent), writer.sum(received), most);
                case AT_MOST -> {
                    Operand<TFloat32> arrived = writer.sum(writer.magnitudes(sent));
                    add(node, rule, arrived, tf.math.minimum(arrived, most), most);
                }
                case FINITE -> {
                    Operand<TFloat32> out = writer.sum(sent);
                    add(node, rule, out, out, tf.constant(1f));
                }
            }
        }
    }

    @Override
    public void leftPart(
            List<RelevanceTable.Sent> came, List<RelevanceTable.Sent> leaving, List<RelevanceTable.Sent> settled) {
        Operand<TFloat32> in = writer.sum(evidence(came));
        String names =
                came.stream().map(one -> one.tensor().toString()).distinct().collect(Collectors.joining(", "));
        // nothing leaves where nothing but biases made what relevance came to; each layer's own sums hold the way there
        Operand<TFloat32> any = tf.math.sign(writer.sum(evidence(leaving)));
        // where there is no evidence, what is against has the amount, and none of this is anything
        writer.add(names, "network", writer.sum(evidence(settled)), tf.math.mul(in, any), in);
    }

    @Override
    public void kept(Node layer, RelevanceTable.Sent received, RelevanceTable.Sent sent, RelevanceTable.Sent kept) {
        Operand<TFloat32> evidence = writer.sum(evidence(List.of(received)));
        Operand<TFloat32> factor = tf.math.divNoNan(evidence, writer.sum(evidence(List.of(sent))));
        Operand<TFloat32> arrived = writer.sum(evidence(List.of(kept)));
        writer.add(layer.name(), BRANCH, arrived, tf.math.mul(evidence, tf.math.sign(factor)), evidence);
        Operand<TFloat32> scale = writer.total(tf.math.abs(kept.relevance()));
        writer.add(
                layer.name(),
                BRANCH,
                writer.total(kept.relevance()),
                tf.math.mul(writer.total(sent.relevance()), factor),
                scale);
    }

    private List<Operand<TFloat32>> evidence(List<RelevanceTable.Sent> relevances) {
        return relevances.stream()
                .<Operand<TFloat32>>map(one -> tf.nn.relu(one.relevance()))
                .toList();
    }

    private Operand<TFloat32> kept(List<TensorRef> tensors, Operand<TFloat32> relevance, RuleContext e) {
        if (tensors.size() == 1) {
            return writer.where(relevance, activation(tensors.get(0), relevance, e), e);
        }
        return tensors.stream()
                .<Operand<TFloat32>>map(x -> tf.math.abs(e.activation(x)))
                .reduce(tf.math::add)
                .map(sum -> writer.where(relevance, sum, e))
                .orElseThrow();
    }

    /** A convolution's output is computed anew, or it would be kept till now. */
    private Operand<TFloat32> activation(TensorRef x, Operand<TFloat32> relevance, RuleContext e) {
        Network network = e.network;
        if (!Operations.isConvolution(network.producer(x))) {
            return e.activation(x);
        }
        Convolution layer = Convolution.of(network.producer(x), network);
        Ops now = tf.withControlDependencies(relevance);
        return layer.forward(now, e.activation(layer.input()), e.activation(layer.weights()));
    }

    private void add(
            Node node, Rule rule, Operand<TFloat32> actual, Operand<TFloat32> expected, Operand<TFloat32> scale) {
        writer.add(node.name(), rule.family(), actual, expected, scale);
    }
}
