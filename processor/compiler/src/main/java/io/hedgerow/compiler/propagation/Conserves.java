package io.hedgerow.compiler.propagation;

import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.graph.TensorRef;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** How much of the relevance that comes to a node its rule sends on. The self-check holds the rule to it. */
public sealed interface Conserves {
    /** All of it, wherever entries are 0. */
    Conserves ALL = Share.ALL;

    /** Some is lost where entries are 0, cut off or padding, but none is made. */
    Conserves AT_MOST = Share.AT_MOST;

    /** An unknown part is lost: that it is finite is all that can be said. */
    Conserves FINITE = Share.FINITE;

    /** What can be said without a look at the tensors. */
    enum Share implements Conserves {
        ALL,
        AT_MOST,
        FINITE
    }

    /**
     * All of it where not all of some tensors are 0, and nothing elsewhere.
     *
     * @param tensors of the classifier, in the shape of the node's output
     */
    record WhereNotZero(List<TensorRef> tensors) implements Conserves {}

    /** What the method's equations say it is, written anew, with nothing of the rule's own. */
    non-sealed interface Stated extends Conserves {
        /**
         * Writes what relevance must sum to.
         *
         * @param received at the node's output, rows K × B × n
         * @param sent to its inputs, the same
         */
        void write(
                Node node,
                Operand<TFloat32> received,
                List<Operand<TFloat32>> sent,
                RuleContext e,
                InvariantWriter invariants);
    }
}
