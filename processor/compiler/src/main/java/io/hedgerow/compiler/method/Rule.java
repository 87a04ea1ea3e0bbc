package io.hedgerow.compiler.method;

import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Node;

/** How one family of operations hands relevance from its output to its input. */
public interface Rule {

    /** The family's name, as it is reported. */
    String family();

    /** The operations that the family has, for the table of what is supported. */
    String operations();

    boolean handles(Node node, Network network);

    /** Whether all that a node receives is sent on, wherever its entries are 0: the self-check holds it to that. */
    default boolean sendsAll(Node node, Network network) {
        return false;
    }

    /** Takes what the node received and sends each signal its share. */
    void propagate(Node node, RuleContext emission);
}
