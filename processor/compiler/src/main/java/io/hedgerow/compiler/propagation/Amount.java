package io.hedgerow.compiler.propagation;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * How much relevance there is of an image and class: its evidence Σ R⁺, or where there is none what is against, Σ R⁻.
 * Convolutions distribute 1 whatever they receive; by this what comes out of several of them is given what went in.
 */
public final class Amount {
    private final Ops tf;
    private final RuleContext e;

    Amount(RuleContext e) {
        this.tf = e.tf;
        this.e = e;
    }

    /** The evidence of relevances together, and what is against: K × B × 1 each. */
    record Both(Operand<TFloat32> evidence, Operand<TFloat32> against) {}

    Both of(List<RelevanceTable.Sent> relevances) {
        Operand<TFloat32> evidence = null;
        Operand<TFloat32> against = null;
        for (RelevanceTable.Sent one : relevances) {
            Operand<TFloat32> up = evidence(one);
            Operand<TFloat32> down = e.total(tf.math.minimum(one.relevance(), tf.constant(0f)), one.tensor());
            evidence = evidence == null ? up : tf.math.add(evidence, up);
            against = against == null ? down : tf.math.add(against, down);
        }
        if (evidence == null || against == null) {
            throw new IllegalArgumentException("no relevance to take the amount of");
        }
        return new Both(evidence, against);
    }

    /** Σ R⁺: K × B × 1. */
    Operand<TFloat32> evidence(RelevanceTable.Sent one) {
        return e.total(tf.nn.relu(one.relevance()), one.tensor());
    }

    /** Relevance with the evidence of another; 0 where it has none. */
    RelevanceTable.Sent kept(RelevanceTable.Sent one, RelevanceTable.Sent like) {
        return new RelevanceTable.Sent(
                one.tensor(), tf.math.mul(one.relevance(), tf.math.divNoNan(evidence(like), evidence(one))));
    }

    /** The factor that gives what has the amount {@code out} the amount {@code in}; 0 where there is nothing to give it to. */
    Operand<TFloat32> factor(Both in, Both out) {
        Operand<TFloat32> hasEvidence = e.indicator(tf.math.greater(in.evidence(), tf.constant(0f)));
        Operand<TFloat32> hasNone = tf.math.sub(tf.constant(1f), hasEvidence);
        return tf.math.add(
                tf.math.mul(hasEvidence, tf.math.divNoNan(in.evidence(), out.evidence())),
                tf.math.mul(hasNone, tf.math.divNoNan(in.against(), out.against())));
    }
}
