package io.hedgerow.compiler.rules;

import io.hedgerow.compiler.network.Network;
import io.hedgerow.compiler.network.Node;

/** Handles what another rule handles, under its name, but may send something else. */
abstract class AlteredRule implements Rule {
    private final Rule rule;

    AlteredRule(Rule rule) {
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
    public final boolean sendsAll(Node node, Network network) {
        return rule.sendsAll(node, network);
    }
}
