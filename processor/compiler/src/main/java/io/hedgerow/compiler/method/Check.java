package io.hedgerow.compiler.method;

import java.util.Set;

/** One thing that a method holds what it wrote to, when the graph is run on random images. */
public interface Check {

    /** The tensors whose values it looks at. */
    Set<String> tensors();

    /**
     * Looks at them.
     *
     * @return what was found, where it is within bounds
     * @throws io.hedgerow.compiler.api.ModelRefusedException if something is wrong
     */
    CheckResult run(CheckRun run);
}
