package io.hedgerow.compiler.hedging;

import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.method.Rule;
import io.hedgerow.compiler.method.RuleContext;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Batch normalisation as one operation: relevance stays where the input isn't 0. Taken apart into factors and offsets it
 * is arithmetic with constants, and passes; so does an image normalised by its own statistics, as Keras normalises layers
 * with the same operation in training.
 */
public final class BatchNormRule implements Rule {
    private static final Set<String> OPERATIONS = Set.of("FusedBatchNorm", "FusedBatchNormV2", "FusedBatchNormV3");

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
        return isNormalisation(node);
    }

    public static boolean isNormalisation(Node node) {
        return OPERATIONS.contains(node.operation());
    }

    /** Whether it normalises by what was seen in training, not by the image's own mean and variance. */
    static boolean isByStoredStatistics(Node node) {
        return node.has("is_training") && !node.flag("is_training");
    }

    @Override
    public void propagate(Node node, RuleContext e) {
        TensorRef x = e.network.signals(node).get(0);
        Operand<TFloat32> relevance = e.relevance(node);
        e.send(x, isByStoredStatistics(node) ? e.whereActive(relevance, x) : relevance);
    }
}
