package io.hedgerow.compiler.network;

import io.hedgerow.compiler.ModelRefusedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;

/**
 * Follows every signal from the scores to where space is collapsed: a classifier may be made of several networks, whose
 * features, logits or probabilities it joins. Gates lead nowhere, and neither does what has no gradient.
 */
final class ReferenceSearch {
    private static final Set<String> WITHOUT_GRADIENT = Set.of(
            "StopGradient",
            "ArgMax",
            "OneHot",
            "Greater",
            "GreaterEqual",
            "Less",
            "LessEqual",
            "Equal",
            "NotEqual",
            "LogicalAnd",
            "LogicalOr",
            "LogicalNot",
            "IsFinite",
            "Sign",
            "Floor",
            "Round",
            "Rint");
    private static final Set<String> SUMS = Set.of("Add", "AddV2", "AddN", "Concat", "ConcatV2");

    private final Network network;
    private final Gates gates;
    private final BiPredicate<Node, TensorRef> isCollapse;
    private final BiFunction<Node, TensorRef, TensorRef> above;

    /**
     * @param isCollapse whether a node collapses the space of one of its inputs
     * @param above the feature map that this input is pooled from
     */
    ReferenceSearch(
            Network network, BiPredicate<Node, TensorRef> isCollapse, BiFunction<Node, TensorRef, TensorRef> above) {
        this.network = network;
        this.gates = new Gates(network);
        this.isCollapse = isCollapse;
        this.above = above;
    }

    /**
     * Finds the reference layers, in the order in which the scores take them.
     *
     * @throws ModelRefusedException if space is collapsed nowhere
     */
    List<ReferenceLayer> from(TensorRef scores) {
        Map<TensorRef, ReferenceLayer> found = new LinkedHashMap<>();
        Deque<TensorRef> open = new ArrayDeque<>(List.of(scores));
        Set<TensorRef> seen = new HashSet<>();
        while (!open.isEmpty()) {
            TensorRef at = open.pop();
            if (at.equals(network.image()) || !seen.add(at)) {
                continue;
            }
            Node node = network.producer(at);
            List<TensorRef> further = new ArrayList<>();
            for (TensorRef signal : followed(node)) {
                if (isCollapse.test(node, signal)) {
                    parts(above.apply(node, signal))
                            .forEach(
                                    features -> found.putIfAbsent(features, new ReferenceLayer(features, node.name())));
                } else {
                    further.add(signal);
                }
            }
            Collections.reverse(further);
            further.forEach(open::push);
        }
        if (found.isEmpty()) {
            throw new ModelRefusedException(
                    "no operation that collapses space (mean or max over height and width, global"
                            + " pooling, flatten) was found between the scores '" + scores
                            + "' and the image: name the reference"
                            + " layer with --reference-layer if this is a convolutional classifier");
        }
        return explained(List.copyOf(found.values()));
    }

    /** Side inputs, as the image's mean colour, go unexplained where there are features. */
    private List<ReferenceLayer> explained(List<ReferenceLayer> found) {
        List<ReferenceLayer> features = found.stream()
                .filter(layer -> network.convolutions(layer.output()) > 0)
                .toList();
        return features.isEmpty() ? found.subList(0, 1) : features;
    }

    private List<TensorRef> followed(Node node) {
        List<TensorRef> signals = gates.without(node);
        List<TensorRef> smooth = signals.stream()
                .filter(signal ->
                        !WITHOUT_GRADIENT.contains(network.producer(signal).operation()))
                .toList();
        List<TensorRef> followed = smooth.isEmpty() ? signals : smooth;
        // the deepest first: a class has one order of its networks, whichever comes first in a sum
        return followed.stream()
                .distinct()
                .sorted(Comparator.comparingInt(network::convolutions).reversed())
                .toList();
    }

    /** Of a feature map that networks of their own are joined to, theirs; else the map itself. */
    private List<TensorRef> parts(TensorRef features) {
        Node node = network.producer(features);
        List<TensorRef> signals = network.signals(node);
        if (!SUMS.contains(node.operation()) || signals.size() < 2 || !areApart(signals)) {
            return List.of(features);
        }
        return signals.stream()
                .flatMap(signal -> parts(signal).stream())
                .distinct()
                .toList();
    }

    /** Whether each has convolutions, none of them another's. */
    private boolean areApart(List<TensorRef> signals) {
        Set<String> taken = new HashSet<>();
        for (TensorRef signal : signals) {
            List<String> convolutions = network.before(signal).stream()
                    .filter(name -> Network.isConvolution(network.node(name)))
                    .toList();
            if (network.rank(signal) != 4
                    || convolutions.isEmpty()
                    || !convolutions.stream().allMatch(taken::add)) {
                return false;
            }
        }
        return true;
    }
}
