package io.hedgerow.compiler.graph;

import io.hedgerow.compiler.api.OutputKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a classifier's output is made of.
 *
 * @param tensor class scores, before any softmax or sigmoid that is taken of all of them
 * @param activation {@code softmax}, {@code log_softmax}, {@code sigmoid} or {@code none}
 * @param kind what the output is
 * @param joined softmaxes and sigmoids that the scores are joined from
 */
record Scores(TensorRef tensor, String activation, OutputKind kind, List<Activation> joined) {

    Head head(List<ReferenceLayer> references, Network network) {
        List<Activation> probabilities = joined.isEmpty() ? stacked(references, network) : joined;
        return new Head(
                tensor,
                activation,
                kind,
                references,
                isCut(probabilities, references, network) ? probabilities : List.of());
    }

    /** Probabilities of each of several networks that further layers make scores of. */
    private List<Activation> stacked(List<ReferenceLayer> references, Network network) {
        List<Activation> found = new ArrayList<>();
        if (references.size() < 2) {
            return found;
        }
        Set<String> before = network.before(tensor);
        for (Node node : network.order()) {
            TensorRef output = node.output();
            if (before.contains(node.name())
                    && network.rank(output) == 2
                    && classes(output, network) == classes(tensor, network)
                    && references.stream()
                                    .filter(layer -> network.isComputedFrom(output, layer.output()))
                                    .count()
                            == 1) {
                Activation.endingAt(node, network).ifPresent(found::add);
            }
        }
        return found;
    }

    /** Whether all that the scores take of the reference layers goes through these; what a gate takes doesn't count. */
    private boolean isCut(List<Activation> probabilities, List<ReferenceLayer> references, Network network) {
        Set<TensorRef> features =
                new HashSet<>(references.stream().map(ReferenceLayer::output).toList());
        Gates gates = new Gates(network);
        Deque<TensorRef> open = new ArrayDeque<>(List.of(tensor));
        Set<TensorRef> seen =
                new HashSet<>(probabilities.stream().map(Activation::output).toList());
        while (!open.isEmpty()) {
            TensorRef at = open.pop();
            if (features.contains(at)) {
                return false;
            }
            if (seen.add(at) && !at.equals(network.image())) {
                gates.without(network.producer(at)).forEach(open::push);
            }
        }
        return true;
    }

    private static long classes(TensorRef tensor, Network network) {
        long[] shape = network.shape(tensor).orElse(new long[] {-1});
        return shape[shape.length - 1];
    }
}
