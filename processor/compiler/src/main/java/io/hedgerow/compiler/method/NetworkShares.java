package io.hedgerow.compiler.method;

import io.hedgerow.compiler.graph.Activation;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;

/**
 * The score explained where networks join their probabilities: Σ ρ·z over the logits z that each network's softmax or sigmoid
 * takes, ρ being what each probability P gave to what is made of all of them: P ⊙ ∂y/∂P, over the sum of all magnitudes, and
 * held fixed. Of one softmax it is the logit of the class, as the method has it; of a mean of several, each network's logit
 * times its share in the mean.
 */
final class NetworkShares {
    // RATIONALE: Why are joined networks explained by what each gave?
    /** So that what is too small for a float still has a share, beside others as small. */
    private static final float TINY = 1e-30f;

    private final Ops root;
    private final Ops tf;

    NetworkShares(Ops root, Ops tf) {
        this.root = root;
        this.tf = tf;
    }

    /** A network's probabilities as the head's copy has them, and the gradient of what is made of them: K·B × N each. */
    record Part(
            Activation activation,
            Operand<TFloat32> probabilities,
            Operand<TFloat32> logits,
            Operand<TFloat32> gradient) {}

    /** The score: K·B. */
    Operand<TFloat32> explained(List<Part> parts) {
        List<Operand<TFloat32>> given = parts.stream().map(this::given).toList();
        Operand<TFloat32> all = given.stream()
                .<Operand<TFloat32>>map(one -> tf.reduceSum(tf.math.abs(one), tf.constant(1), ReduceSum.keepDims(true)))
                .reduce(tf.math::add)
                .orElseThrow();
        List<Operand<TFloat32>> terms = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            Operand<TFloat32> share =
                    root.withName(NodeNames.share(i)).stopGradient(tf.math.divNoNan(given.get(i), all));
            terms.add(tf.reduceSum(tf.math.mul(share, parts.get(i).logits()), tf.constant(1)));
        }
        return terms.stream().reduce(tf.math::add).orElseThrow();
    }

    /** A sigmoid speaks by P where more of it raises the score, and by what it leaves of 1 where it lowers it. */
    private Operand<TFloat32> given(Part part) {
        Operand<TFloat32> p = part.probabilities();
        Operand<TFloat32> weight =
                switch (part.activation().name()) {
                    case Activation.LOG_SOFTMAX -> tf.constant(1f);
                    case Activation.SIGMOID -> {
                        Operand<TFloat32> falls =
                                tf.dtypes.cast(tf.math.less(part.gradient(), tf.constant(0f)), TFloat32.class);
                        yield tf.math.abs(tf.math.sub(falls, p));
                    }
                    default -> p;
                };
        return tf.math.mul(tf.math.add(weight, tf.constant(TINY)), part.gradient());
    }
}
