package io.hedgerow.compiler.propagation;

import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Node;

/** How one family of operations hands relevance from its output to its input. */
public interface Rule {

    /** The family's name, as it is reported. */
    String family();

    /** The operations that the family has, for the table of what is supported. */
    String operations();

    boolean handles(Node node, Network network);

    /** How much of what a node receives is sent on: the self-check holds the rule to that. */
    Conserves conserves(Node node, Network network);

    /** Takes what the node received and sends each signal its share. */
    void propagate(Node node, RuleContext context);
}
