package io.hedgerow.compiler.hedging;

import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.graph.Operations;
import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.propagation.Conserves;
import io.hedgerow.compiler.propagation.Rule;
import io.hedgerow.compiler.propagation.RuleContext;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Batch normalisation as one operation: relevance stays where the input isn't 0. Taken apart into factors and offsets it
 * is arithmetic with constants, and passes; so does an image normalised by its own statistics, as Keras normalises layers
 * with the same operation in training.
 */
final class BatchNormRule implements Rule {
    private final HedgingContext hedging;

    BatchNormRule(HedgingContext hedging) {
        this.hedging = hedging;
    }

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
        TensorRef x = network.signals(node).get(0);
        return Operations.isByStoredStatistics(node) && !hedging.isLeftToConcatenation(x)
                ? new Conserves.WhereNotZero(List.of(x))
                : Conserves.ALL;
    }

    @Override
    public void propagate(Node node, RuleContext e) {
        TensorRef x = e.network.signals(node).get(0);
        Operand<TFloat32> relevance = e.relevance(node);
        e.send(x, Operations.isByStoredStatistics(node) ? hedging.whereNotZero(relevance, x) : relevance);
    }
}
