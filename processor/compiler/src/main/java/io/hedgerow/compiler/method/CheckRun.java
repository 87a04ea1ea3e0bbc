package io.hedgerow.compiler.method;

import java.util.Map;
import java.util.Set;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;

/** A graph that was run once on random images, and may be run again with something changed. */
public interface CheckRun {

    /** A tensor's values, in the order of its shape; one of those that a check named. */
    float[] values(String tensor);

    /** The shape of such a tensor. */
    Shape shape(String tensor);

    /**
     * Runs again, a small step away: what is level but for jumps is held fixed, beside what the scores' gradients hold fixed.
     *
     * @param changed tensors to put in place of what is computed
     * @param fetched what is asked for
     */
    Map<String, float[]> again(Map<String, Tensor> changed, Set<String> fetched);

    /** The same anywhere else: only what the scores' gradients hold fixed is held fixed. */
    Map<String, float[]> elsewhere(Map<String, Tensor> changed, Set<String> fetched);
}
