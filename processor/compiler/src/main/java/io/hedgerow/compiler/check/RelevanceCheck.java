package io.hedgerow.compiler.check;

import io.hedgerow.compiler.api.Precision;
import io.hedgerow.compiler.method.Invariant;
import java.util.List;
import java.util.Map;

/** What each layer's inputs receive against the sums that the method states. Not thread-safe. */
final class RelevanceCheck {
    /** Of what the method distributes at a layer: shares of 1 in a convolution, all relevance elsewhere. */
    private static final double FLOAT32 = 1e-3;
    /** The same where convolutions round each factor to bfloat16, by up to 1/256, and the sum of many by less. */
    private static final double BFLOAT16 = 1e-2;

    private final double tolerance;
    private double furthest;
    private int layers;

    /** Takes the precision of the convolutions that explain. */
    RelevanceCheck(Precision precision) {
        this.tolerance = precision == Precision.FLOAT32 ? FLOAT32 : BFLOAT16;
    }

    /** The largest difference found, as a share of what is distributed there. */
    double furthest() {
        return furthest;
    }

    /** How many layers were checked. */
    int layers() {
        return layers;
    }

    /**
     * Compares.
     *
     * @param found values of the invariants' tensors
     * @throws io.hedgerow.compiler.api.ModelRefusedException if a sum is another, or not finite
     */
    void run(List<Invariant> invariants, Map<String, float[]> found) {
        for (Invariant invariant : invariants) {
            String where = "node %s (%s)".formatted(invariant.node(), invariant.family());
            float[] actual = SelfCheck.of(invariant.actual(), found);
            float[] expected = SelfCheck.of(invariant.expected(), found);
            float[] scale = SelfCheck.of(invariant.scale(), found);
            SelfCheck.requireFinite(actual, "relevance sent by " + where);
            for (int j = 0; j < actual.length; j++) {
                double off = Math.abs((double) actual[j] - at(expected, j)) / Math.max(at(scale, j), Float.MIN_NORMAL);
                // written so that NaN fails
                if (!(off <= tolerance)) {
                    throw SelfCheck.failed("relevance sent by %s sums to %.4g, the method states %.4g"
                            .formatted(where, actual[j], at(expected, j)));
                }
                furthest = Math.max(furthest, off);
            }
        }
        layers = Math.toIntExact(
                invariants.stream().map(Invariant::node).distinct().count());
    }

    /** An expectation may be one number for all. */
    private static float at(float[] values, int index) {
        return values[values.length == 1 ? 0 : index];
    }
}
