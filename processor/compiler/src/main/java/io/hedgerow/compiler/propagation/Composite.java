package io.hedgerow.compiler.propagation;

import io.hedgerow.compiler.graph.Node;

/** Which rule each node has. */
@FunctionalInterface
public interface Composite {

    /**
     * The rule of a node.
     *
     * @throws io.hedgerow.compiler.api.ModelRefusedException if it has none
     */
    Rule rule(Node node);

    /** Whether what a layer sends is given the evidence, Σ R⁺, that it received. */
    default boolean keepsEvidence(Node layer) {
        return false;
    }
}
