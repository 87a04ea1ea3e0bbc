package io.hedgerow.compiler.check;

import io.hedgerow.compiler.api.Precision;
import io.hedgerow.compiler.method.Check;
import io.hedgerow.compiler.method.CheckResult;
import io.hedgerow.compiler.method.CheckRun;
import io.hedgerow.compiler.propagation.Invariant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What each layer's inputs receive against the sums that the method states. */
public final class RelevanceCheck implements Check {
    /** Of what the method distributes at a layer: shares of 1 in a convolution, all relevance elsewhere. */
    private static final double FLOAT32 = 1e-3;
    /** The same where convolutions round each factor to bfloat16, by up to 1/256, and the sum of many by less. */
    private static final double BFLOAT16 = 1e-2;

    private final List<Invariant> invariants;
    private final double tolerance;

    /**
     * A check of what propagation wrote.
     *
     * @param precision of the convolutions that explain
     */
    public RelevanceCheck(List<Invariant> invariants, Precision precision) {
        this.invariants = List.copyOf(invariants);
        this.tolerance = precision == Precision.FLOAT32 ? FLOAT32 : BFLOAT16;
    }

    @Override
    public Set<String> tensors() {
        return invariants.stream()
                .flatMap(one -> Stream.of(one.actual(), one.expected(), one.scale()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    @Override
    public CheckResult run(CheckRun run) {
        double furthest = 0;
        for (Invariant invariant : invariants) {
            String where = "node %s (%s)".formatted(invariant.node(), invariant.family());
            float[] actual = run.values(invariant.actual());
            float[] expected = run.values(invariant.expected());
            float[] scale = run.values(invariant.scale());
            SelfCheckFailure.requireFinite(actual, "relevance sent by " + where);
            for (int j = 0; j < actual.length; j++) {
                double off = Math.abs((double) actual[j] - at(expected, j)) / Math.max(at(scale, j), Float.MIN_NORMAL);
                // written so that NaN fails
                if (!(off <= tolerance)) {
                    throw SelfCheckFailure.failed("relevance sent by %s sums to %.4g, the method states %.4g"
                            .formatted(where, actual[j], at(expected, j)));
                }
                furthest = Math.max(furthest, off);
            }
        }
        int layers = Math.toIntExact(
                invariants.stream().map(Invariant::node).distinct().count());
        return new CheckResult(0, furthest, layers);
    }

    /** An expectation may be one number for all. */
    private static float at(float[] values, int index) {
        return values[values.length == 1 ? 0 : index];
    }
}
