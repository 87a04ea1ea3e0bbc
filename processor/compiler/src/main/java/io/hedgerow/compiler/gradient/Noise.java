package io.hedgerow.compiler.gradient;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * Normal noise that each image decides itself: a hash of its digest, of the sample's number and of the entry's place. So an
 * image has the same noise in every batch, on every device and in every process, and a graph needs no input for a seed.
 */
final class Noise {
    // RATIONALE: Why does SmoothGrad hash the picture for its noise?
    private static final long WORD = 0xffffffffL;
    private static final int HALF = 16;
    private static final float HALVES = 1 << HALF;

    private final Ops tf;
    /** A number for each place: n. */
    private final Operand<TInt64> places;
    /** B × 1. */
    private final Operand<TInt64> digest;

    /**
     * Of some images.
     *
     * @param rows their entries, image by image: B × n
     */
    Noise(Operand<TFloat32> rows, Ops tf) {
        this.tf = tf;
        Operand<TInt32> size = tf.reshape(tf.slice(tf.shape(rows), constant(1), constant(1)), tf.constant(new int[0]));
        this.places = mixed(tf.dtypes.cast(tf.range(tf.constant(0), size, tf.constant(1)), TInt64.class));
        Operand<TInt64> bits = word(tf.dtypes.cast(tf.bitcast(rows, TInt32.class), TInt64.class));
        Operand<TInt64> sum =
                tf.reduceSum(mixed(tf.bitwise.bitwiseXor(bits, places)), tf.constant(1), ReduceSum.keepDims(true));
        this.digest = mixed(word(sum));
    }

    private Operand<TInt32> constant(int value) {
        return tf.constant(new int[] {value});
    }

    /** Of each image's sample with a number: B × n of mean 0 and variance 1, by Box and Muller. */
    Operand<TFloat32> of(Operand<TInt32> index) {
        Operand<TInt64> number = mixed(tf.math.add(tf.dtypes.cast(index, TInt64.class), tf.constant(1L)));
        Operand<TInt64> key = mixed(word(tf.math.add(digest, number)));
        Operand<TInt64> hash = mixed(tf.bitwise.bitwiseXor(key, places));
        Operand<TFloat32> radius = tf.math.sqrt(
                tf.math.mul(tf.constant(-2f), tf.math.log(uniform(tf.bitwise.rightShift(hash, bits(HALF))))));
        Operand<TFloat32> angle = tf.math.mul(
                tf.constant((float) (2 * Math.PI)),
                uniform(tf.bitwise.bitwiseAnd(hash, tf.constant((1L << HALF) - 1))));
        return tf.math.mul(radius, tf.math.cos(angle));
    }

    /** From 16 bits to a number above 0 and below 1. */
    private Operand<TFloat32> uniform(Operand<TInt64> half) {
        return tf.math.div(tf.math.add(tf.dtypes.cast(half, TFloat32.class), tf.constant(0.5f)), tf.constant(HALVES));
    }

    /** A hash of 32 bits by multiplying and folding (C. Wellons's "lowbias32"). */
    private Operand<TInt64> mixed(Operand<TInt64> word) {
        Operand<TInt64> first = word(tf.math.mul(folded(word, 16), tf.constant(0x7feb352dL)));
        Operand<TInt64> second = word(tf.math.mul(folded(first, 15), tf.constant(0x846ca68bL)));
        return folded(second, 16);
    }

    private Operand<TInt64> folded(Operand<TInt64> word, int by) {
        return tf.bitwise.bitwiseXor(word, tf.bitwise.rightShift(word, bits(by)));
    }

    private Operand<TInt64> word(Operand<TInt64> value) {
        return tf.bitwise.bitwiseAnd(value, tf.constant(WORD));
    }

    private Operand<TInt64> bits(int count) {
        return tf.constant((long) count);
    }
}
