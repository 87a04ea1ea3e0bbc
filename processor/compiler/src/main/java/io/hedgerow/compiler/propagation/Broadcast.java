package io.hedgerow.compiler.propagation;

import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.graph.TensorRef;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;

/** Entries that are used once for all along an axis, as a channel's one number is at every position. */
public final class Broadcast {
    // RATIONALE: Why does relevance travel as rows?
    private Broadcast() {}

    /**
     * Relevance of a tensor that another one was broadcast to, summed over each entry's copies.
     *
     * @param relevance in the shape of {@code to}, with K·B in place of its batch
     * @return in the shape of {@code from}, the same
     * @throws ModelRefusedException if they haven't as many axes, so that images may be mixed
     */
    public static Operand<TFloat32> back(Operand<TFloat32> relevance, TensorRef from, TensorRef to, RuleContext e) {
        long[] narrow = e.network.shape(from).orElse(new long[0]);
        long[] wide = e.network.shape(to).orElse(new long[0]);
        if (narrow.length != wide.length) {
            throw new ModelRefusedException("'" + from + "' is broadcast to '" + to
                    + "', which has other axes: save the model with a reshape before it");
        }
        int[] axes = IntStream.range(1, wide.length)
                .filter(axis -> narrow[axis] == 1 && wide[axis] != 1)
                .toArray();
        return axes.length == 0 ? relevance : e.tf.reduceSum(relevance, e.tf.constant(axes), ReduceSum.keepDims(true));
    }
}
