package io.hedgerow.compiler.check;

import io.hedgerow.compiler.graph.Head;
import io.hedgerow.compiler.method.Check;
import io.hedgerow.compiler.method.CheckResult;
import io.hedgerow.compiler.method.CheckRun;
import io.hedgerow.compiler.method.NodeNames;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** The gradient of the explained scores at each reference layer against finite differences. */
public final class HeadGradientCheck implements Check {
    /** Of the slope. What a bend between two points may hide; rounding makes a thousandth of it. */
    private static final double TOLERANCE = 5e-2;

    private final int references;

    /** A check of a head. */
    public HeadGradientCheck(Head head) {
        this.references = head.references().size();
    }

    @Override
    public Set<String> tensors() {
        Set<String> tensors = new LinkedHashSet<>(List.of(NodeNames.EXPLAINED));
        for (int i = 0; i < references; i++) {
            tensors.addAll(List.of(NodeNames.reference(i), NodeNames.gradient(i)));
        }
        return tensors;
    }

    private static GradientCheck.Layer layer(int index, CheckRun run) {
        String name = NodeNames.reference(index);
        return GradientCheck.Layer.of(name, name, NodeNames.gradient(index), 0, run);
    }

    @Override
    public CheckResult run(CheckRun run) {
        GradientCheck check = new GradientCheck(run, TOLERANCE, "at the reference layer");
        return new CheckResult(
                check.run(IntStream.range(0, references)
                        .mapToObj(i -> layer(i, run))
                        .toList()),
                0,
                0);
    }
}
