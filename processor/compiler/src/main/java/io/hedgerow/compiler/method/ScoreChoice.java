package io.hedgerow.compiler.method;

import io.hedgerow.compiler.api.OutputKind;
import io.hedgerow.compiler.api.Signatures;
import io.hedgerow.compiler.graph.Head;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** From the classes asked for to the sum of scores whose gradient explains them all. */
final class ScoreChoice {
    private final Ops tf;
    private final int scores;

    ScoreChoice(Ops tf, int scores) {
        this.tf = tf;
        this.scores = scores;
    }

    /**
     * The scores as they are given out: the model's, or of probabilities that are joined the logarithm, and of a single one the
     * logit, so that classes are told apart as by scores.
     *
     * @param values of {@link Head#scores}: B × N
     */
    Operand<TFloat32> reported(Operand<TFloat32> values, Head head) {
        if (!head.joinsProbabilities() || head.kind() == OutputKind.VALUE) {
            return values;
        }
        boolean logarithms = head.kind() == OutputKind.LOG_PROBABILITY;
        if (scores > 1) {
            return logarithms ? values : logarithm(values);
        }
        Operand<TFloat32> p = logarithms ? tf.math.exp(values) : values;
        return tf.math.sub(logarithm(p), logarithm(tf.math.sub(tf.constant(1f), p)));
    }

    private Operand<TFloat32> logarithm(Operand<TFloat32> p) {
        return tf.math.log(tf.math.maximum(p, tf.constant(Float.MIN_NORMAL)));
    }

    /** Puts each image's top class where it is asked for; one score stands for two classes, 0 and 1. */
    Operand<TInt32> resolve(Operand<TInt32> asked, Operand<TFloat32> values) {
        Operand<TInt32> top;
        if (scores == 1) {
            top = tf.dtypes.cast(tf.math.greater(values, tf.constant(0f)), TInt32.class);
        } else {
            top = tf.expandDims(tf.math.argMax(values, tf.constant(1), TInt32.class), tf.constant(1));
        }
        Operand<TBool> isTop = tf.math.equal(asked, tf.constant(Signatures.TOP));
        return tf.select(isTop, top, asked);
    }

    /**
     * y_c of every image and class: the score, or with one score y for class 1 and -y for class 0; 0 for no class.
     *
     * @param stacked scores, K·B × N
     * @param classes K × B
     */
    Operand<TFloat32> explained(Operand<TFloat32> stacked, Operand<TInt32> classes) {
        Operand<TInt32> column = tf.reshape(classes, tf.constant(new int[] {-1, 1}));
        if (scores == 1) {
            Operand<TFloat32> index = tf.dtypes.cast(column, TFloat32.class);
            Operand<TFloat32> sign = tf.math.sub(tf.math.mul(index, tf.constant(2f)), tf.constant(1f));
            Operand<TFloat32> asked = tf.dtypes.cast(tf.math.greaterEqual(column, tf.constant(0)), TFloat32.class);
            return tf.math.mul(stacked, tf.math.mul(sign, asked));
        }
        Operand<TFloat32> choice = tf.oneHot(
                tf.reshape(classes, tf.constant(new int[] {-1})),
                tf.constant(scores),
                tf.constant(1f),
                tf.constant(0f));
        return tf.math.mul(stacked, choice);
    }
}
