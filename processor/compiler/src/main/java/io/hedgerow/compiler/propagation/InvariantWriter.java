package io.hedgerow.compiler.propagation;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/** Writes what relevance must sum to, as nodes that nothing of the explanation needs. */
public final class InvariantWriter {
    public final Ops tf;
    private final List<Invariant> invariants = new ArrayList<>();

    InvariantWriter(Ops tf) {
        this.tf = tf;
    }

    List<Invariant> invariants() {
        return invariants;
    }

    /**
     * Notes what is compared.
     *
     * @param node names of nodes
     * @param actual sum of what was sent: K × B × 1
     * @param expected what the method states, the same, or one number for all
     * @param scale what a difference is measured in, the same
     */
    public void add(
            String node, String family, Operand<TFloat32> actual, Operand<TFloat32> expected, Operand<TFloat32> scale) {
        invariants.add(new Invariant(node, family, name(actual), name(expected), name(scale)));
    }

    /** Of each image and class: K × B × 1. */
    public Operand<TFloat32> total(Operand<TFloat32> rows) {
        return tf.reduceSum(rows, tf.constant(2), ReduceSum.keepDims(true));
    }

    /** Of several together. */
    public Operand<TFloat32> sum(List<Operand<TFloat32>> rows) {
        return rows.stream()
                .<Operand<TFloat32>>map(this::total)
                .reduce(tf.math::add)
                .orElseGet(() -> tf.constant(0f));
    }

    public List<Operand<TFloat32>> magnitudes(List<Operand<TFloat32>> rows) {
        return rows.stream().<Operand<TFloat32>>map(tf.math::abs).toList();
    }

    /** Relevance where an activation isn't 0, and 0 elsewhere. */
    public Operand<TFloat32> where(Operand<TFloat32> relevance, Operand<TFloat32> activation, RuleContext e) {
        return tf.math.mul(relevance, indicator(tf.math.notEqual(e.activationRows(activation), tf.constant(0f))));
    }

    /** 1 where the condition holds, else 0. */
    public Operand<TFloat32> indicator(Operand<TBool> condition) {
        return tf.dtypes.cast(condition, TFloat32.class);
    }

    private static String name(Operand<TFloat32> tensor) {
        return tensor.asOutput().op().name() + ":" + tensor.asOutput().index();
    }
}
