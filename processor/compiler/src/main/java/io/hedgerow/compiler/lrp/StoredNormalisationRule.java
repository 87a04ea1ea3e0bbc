package io.hedgerow.compiler.lrp;

import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.graph.Operations;
import io.hedgerow.compiler.propagation.Conserves;
import io.hedgerow.compiler.propagation.Rule;
import io.hedgerow.compiler.propagation.RuleContext;

/** Batch normalisation as one operation: after a convolution it is part of that; elsewhere relevance passes. */
final class StoredNormalisationRule implements Rule {

    @Override
    public String family() {
        return "batch normalisation";
    }

    @Override
    public String operations() {
        return "FusedBatchNorm, FusedBatchNormV2, FusedBatchNormV3";
    }

    @Override
    public boolean handles(Node node, Network network) {
        return Operations.isNormalisation(node);
    }

    @Override
    public Conserves conserves(Node node, Network network) {
        return Conserves.ALL;
    }

    @Override
    public void propagate(Node node, RuleContext e) {
        e.send(e.network.signals(node).get(0), e.relevance(node));
    }
}
