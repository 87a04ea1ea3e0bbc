package io.hedgerow.compiler.frontend.passes;

import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.frontend.flat.Evaluator;
import io.hedgerow.compiler.frontend.flat.FlatGraph;

/** A step that rewrites a model's graph into another one that computes the same. Stateless. */
interface GraphPass {
    /** What it is about, in a word or three; a refusal names it. */
    String name();

    /**
     * Rewrites a graph.
     *
     * @param shapes of the graph's tensors, as far as they are known, with what images it takes
     * @return the graph itself, if there is nothing to do
     * @throws ModelRefusedException if the model can't be explained as it is
     */
    FlatGraph apply(FlatGraph graph, Evaluator shapes);
}
