package io.hedgerow.compiler.hedging;

import io.hedgerow.compiler.api.Precision;
import io.hedgerow.compiler.layer.Convolution;
import io.hedgerow.compiler.layer.Filter;
import io.hedgerow.compiler.layer.Kernels;
import io.hedgerow.compiler.propagation.RuleContext;
import io.hedgerow.compiler.rules.KernelSums;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * What a layer's active and inactive inputs weigh at its output, conv(m, |W|) and conv(n, |W|), and the kernel by which
 * they weigh.
 *
 * @param active of all images, or of one for all where every input is active
 * @param inactive empty where every input is active
 */
record ActiveInactiveWeights(Filter<?> filter, Operand<TFloat32> active, Optional<Inactive> inactive) {
    // RATIONALE: Why are inputs counted in whole levels with bfloat16?

    /**
     * Where not every input is active.
     *
     * @param isActive where one is
     * @param weight what the others weigh
     */
    record Inactive(Operand<TBool> isActive, Operand<TFloat32> weight) {}

    /**
     * Of a layer.
     *
     * @param magnitudes the layer with |W|
     * @param now computes it, and may wait for something
     */
    static ActiveInactiveWeights of(
            Convolution layer, Filter<?> magnitudes, Ops now, RuleContext e, HedgingContext hedging) {
        boolean narrow = hedging.weights.precision(layer) == Precision.BFLOAT16;
        boolean allActive = hedging.linear.isLinear(layer.input())
                && hedging.zeros.hasNone(layer.input())
                && !layer.hasZeroBorder();
        return allActive ? ofActive(layer, magnitudes, narrow, e) : ofBoth(layer, magnitudes, narrow, now, e, hedging);
    }

    /** Relevance ⊘ what active inputs weigh. */
    Operand<TFloat32> overActive(Operand<TFloat32> relevance, RuleContext e) {
        return inactive.isPresent() ? e.divided(relevance, active) : e.dividedForAll(relevance, active);
    }

    /** A linear tensor that is nowhere 0: the layer alone decides. */
    private static ActiveInactiveWeights ofActive(
            Convolution layer, Filter<?> magnitudes, boolean narrow, RuleContext e) {
        if (!narrow) {
            return new ActiveInactiveWeights(
                    magnitudes, KernelSums.through(layer, Kernels.magnitude(layer.kernel()), e), Optional.empty());
        }
        Operand<TFloat32> levels = Kernels.levels(e.tf, e.activation(layer.weights()));
        return new ActiveInactiveWeights(
                Filter.of(layer, levels, Precision.BFLOAT16, e.tf),
                KernelSums.through(layer, levels, e),
                Optional.empty());
    }

    /**
     * What inactive inputs weigh is what active ones leave of the kernel where that is exact (in whole numbers), or off by
     * rounding that only shows where there is no inactive input to receive it (in float32).
     */
    private static ActiveInactiveWeights ofBoth(
            Convolution layer, Filter<?> magnitudes, boolean narrow, Ops now, RuleContext e, HedgingContext hedging) {
        Operand<TBool> active = hedging.contributions.active(layer.input(), now);
        if (narrow && layer.isOrdinary() && !layer.isCheap()) {
            Operand<TFloat32> levels = Kernels.levels(e.tf, e.activation(layer.weights()));
            Operand<TFloat32> sum =
                    Filter.of(layer, levels, Precision.FLOAT32, e.tf).forward(now, e.indicator(active));
            return new ActiveInactiveWeights(
                    Filter.of(layer, levels, Precision.BFLOAT16, e.tf),
                    sum,
                    Optional.of(new Inactive(active, e.tf.math.sub(KernelSums.through(layer, levels, e), sum))));
        }
        Operand<TFloat32> sum = magnitudes.forward(now, e.indicator(active));
        // zeros around the image that count as inputs are in no indicator
        boolean byDifference = layer.hasZeroBorder() || (!narrow && !layer.isCheap());
        Operand<TFloat32> rest = byDifference
                ? e.tf.math.sub(KernelSums.through(layer, Kernels.magnitude(layer.kernel()), e), sum)
                : magnitudes.forward(now, e.indicator(now.math.logicalNot(active)));
        return new ActiveInactiveWeights(magnitudes, sum, Optional.of(new Inactive(active, rest)));
    }
}
