package io.hedgerow.compiler.rules;

import io.hedgerow.compiler.network.Network;
import io.hedgerow.compiler.network.Node;

/** How one family of operations hands relevance from its output to its input. */
interface Rule {

    /** The family's name, as it is reported. */
    String family();

    /** The operations that the family has, for the table of what is supported. */
    String operations();

    boolean handles(Node node, Network network);

    /** Takes what the node received and sends each signal its share. */
    void propagate(Node node, Emission emission);
}
