package io.hedgerow.compiler.rules;

import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.graph.Operations;
import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.propagation.Conserves;
import io.hedgerow.compiler.propagation.Rule;
import io.hedgerow.compiler.propagation.RuleContext;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Normalisation by an image's own statistics, taken apart (layer, group and instance normalisation): relevance goes past
 * the statistics unchanged, as it passes factors and offsets that are constant.
 */
public final class NormalisationRule implements Rule {
    // RATIONALE: Why does batch normalisation taken apart pass relevance where it is 0?
    private static final Set<String> OPERATIONS = Operations.AFFINE;
    private static final Set<String> REDUCTIONS = Set.of("Mean", "Sum");

    @Override
    public String family() {
        return "normalisation";
    }

    @Override
    public String operations() {
        return "Add, AddV2, Sub, Mul, RealDiv, Div of a signal and a statistic of it (Mean, Sum and what is computed"
                + " from them without a convolution)";
    }

    @Override
    public boolean handles(Node node, Network network) {
        return normalised(node, network).isPresent();
    }

    @Override
    public Conserves conserves(Node node, Network network) {
        return Conserves.ALL;
    }

    @Override
    public void propagate(Node node, RuleContext e) {
        TensorRef signal = normalised(node, e.network).orElseThrow();
        e.send(signal, e.relevance(node));
    }

    /** Of a signal and a statistic the signal; empty for anything else. */
    public static Optional<TensorRef> normalised(Node node, Network network) {
        if (!OPERATIONS.contains(node.operation()) || network.signals(node).size() != 2) {
            return Optional.empty();
        }
        TensorRef left = node.input(0);
        TensorRef right = node.input(1);
        if (network.convolutions(left) != network.convolutions(right)) {
            return Optional.empty();
        }
        boolean leftIsStatistic = isStatistic(left, network);
        boolean rightIsStatistic = isStatistic(right, network);
        if (leftIsStatistic == rightIsStatistic) {
            return Optional.empty();
        }
        return Optional.of(leftIsStatistic ? right : left);
    }

    /** Whether all that a tensor takes of the image comes through a reduction, with no convolution since. */
    private static boolean isStatistic(TensorRef tensor, Network network) {
        int depth = network.convolutions(tensor);
        Deque<TensorRef> open = new ArrayDeque<>(List.of(tensor));
        Set<TensorRef> seen = new HashSet<>();
        while (!open.isEmpty()) {
            TensorRef at = open.pop();
            if (!network.dependsOnImage(at) || !seen.add(at)) {
                continue;
            }
            Node node = network.producer(at);
            if (at.equals(network.image()) || network.convolutions(at) < depth || Operations.isConvolution(node)) {
                return false;
            }
            if (!REDUCTIONS.contains(node.operation())) {
                open.addAll(node.inputs());
            }
        }
        return true;
    }
}
