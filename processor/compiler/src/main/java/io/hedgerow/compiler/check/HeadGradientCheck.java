package io.hedgerow.compiler.check;

import io.hedgerow.compiler.graph.Head;
import io.hedgerow.compiler.method.Check;
import io.hedgerow.compiler.method.CheckResult;
import io.hedgerow.compiler.method.CheckRun;
import io.hedgerow.compiler.method.NodeNames;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The gradient of the explained scores at each reference layer against finite differences. */
public final class HeadGradientCheck implements Check {
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

    @Override
    public CheckResult run(CheckRun run) {
        return new CheckResult(new GradientCheck(run).run(references), 0, 0);
    }
}
