package io.hedgerow.compiler.hedging;

import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.propagation.Conserves;
import io.hedgerow.compiler.propagation.Rule;

/** Handles what another rule handles, under its name, but may send something else. */
public abstract class AlteredRule implements Rule {
    private final Rule rule;

    public AlteredRule(Rule rule) {
        this.rule = rule;
    }

    @Override
    public final String family() {
        return rule.family();
    }

    @Override
    public final String operations() {
        return rule.operations();
    }

    @Override
    public final boolean handles(Node node, Network network) {
        return rule.handles(node, network);
    }

    @Override
    public final Conserves conserves(Node node, Network network) {
        return rule.conserves(node, network);
    }
}
