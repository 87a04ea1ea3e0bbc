package io.hedgerow.compiler.hedging;

import io.hedgerow.compiler.method.NodeNames;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;

/** Where relevance starts: A ⊙ mean G of each reference layer, over the sum of what each one's sums to (Nam &amp; Lee). */
final class Start {
    private final Ops tf;

    Start(Ops tf) {
        this.tf = tf;
    }

    /** The node of a reference layer's relevance, where it starts. */
    static String name(int index) {
        return NodeNames.numbered("hedgerow_check_start", index);
    }

    /**
     * Relevance of the reference layers.
     *
     * @param activations A, one for each layer: K·B × H × W × C, its axes in any order
     * @param gradients G, the same
     * @param space of each the axes of height and width
     */
    List<Operand<TFloat32>> of(
            List<Operand<TFloat32>> activations, List<Operand<TFloat32>> gradients, List<int[]> space) {
        List<Operand<TFloat32>> unscaled = new ArrayList<>();
        for (int i = 0; i < activations.size(); i++) {
            Operand<TFloat32> weight = tf.math.mean(gradients.get(i), tf.constant(space.get(i)), Mean.keepDims(true));
            // 0 where the activation is, though a root may have no gradient there
            unscaled.add(tf.math.mulNoNan(weight, activations.get(i)));
        }
        // magnitudes: networks that speak for and against a class must not cancel
        Operand<TFloat32> total = unscaled.stream()
                .<Operand<TFloat32>>map(relevance -> tf.math.abs(
                        tf.reduceSum(relevance, tf.constant(new int[] {1, 2, 3}), ReduceSum.keepDims(true))))
                .reduce(tf.math::add)
                .orElseThrow();
        return unscaled.stream()
                .<Operand<TFloat32>>map(relevance -> tf.math.divNoNan(relevance, total))
                .toList();
    }
}
