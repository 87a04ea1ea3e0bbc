package io.hedgerow.compiler.method;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Other images than the one that is explained, at which a method takes gradients instead: their mean. */
public interface Samples {

    /** How many there are of each image, at least 1. */
    int count();

    /**
     * Writes one sample of each image of a batch, which depends on that image alone.
     *
     * @param x what a first layer takes: B × H × W × C, its axes in any order
     * @param space its axes of height and width
     * @param index of the sample, from 0: one number
     * @return in the shape of {@code x}
     */
    Operand<TFloat32> at(Operand<TFloat32> x, List<Integer> space, Operand<TInt32> index, Ops tf);
}
