package io.hedgerow.compiler.graph;

import io.hedgerow.compiler.api.ModelRefusedException;
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
    private static final Set<String> WITHOUT_GRADIENT = Operations.with(
            Set.of("StopGradient", "ArgMax", "OneHot", "LogicalAnd", "LogicalOr", "LogicalNot", "IsFinite"),
            Operations.COMPARISONS,
            Operations.STEPS);
    private static final Set<String> SUMS = Operations.with(Set.of(), Operations.SUMS, Operations.CONCATENATIONS);

    private final Network network;
    private final Gates gates;
    private final BiPredicate<Node, TensorRef> isCollapse;
    private final BiFunction<Node, TensorRef, TensorRef> above;
    /** Nodes whose output has a gradient at the image. */
    private final Set<String> smooth = new HashSet<>();

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
        for (Node node : network.order()) {
            if (!WITHOUT_GRADIENT.contains(node.operation())
                    && network.signals(node).stream().anyMatch(this::isSmooth)) {
                smooth.add(node.name());
            }
        }
    }

    private boolean isSmooth(TensorRef tensor) {
        return tensor.equals(network.image()) || smooth.contains(tensor.node());
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
        List<ReferenceLayer> layers = explained(List.copyOf(found.values()));
        return layers.stream().filter(layer -> isReached(layer, scores, layers)).toList();
    }

    /** Whether the scores take anything of a layer that doesn't come through another one. */
    private boolean isReached(ReferenceLayer layer, TensorRef scores, List<ReferenceLayer> layers) {
        Set<TensorRef> seen = new HashSet<>();
        layers.stream().filter(other -> !other.equals(layer)).forEach(other -> seen.add(other.output()));
        Deque<TensorRef> open = new ArrayDeque<>(List.of(scores));
        while (!open.isEmpty()) {
            TensorRef at = open.pop();
            if (at.equals(layer.output())) {
                return true;
            }
            if (seen.add(at) && !at.equals(network.image())) {
                followed(network.producer(at)).forEach(open::push);
            }
        }
        return false;
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
        List<TensorRef> with = signals.stream().filter(this::isSmooth).toList();
        List<TensorRef> followed = with.isEmpty() ? signals : with;
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
                    .filter(name -> Operations.isConvolution(network.node(name)))
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
