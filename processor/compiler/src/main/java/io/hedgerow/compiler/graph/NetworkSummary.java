package io.hedgerow.compiler.graph;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a classifier does before its first layer and after its last feature map, operation by operation, in words. */
public final class NetworkSummary {
    private static final int SHOWN = 4;

    private final Network network;

    public NetworkSummary(Network network) {
        this.network = network;
    }

    /** From the image to the first convolution or pooling; empty if that takes the image as it is. */
    public List<String> preprocessing() {
        return network.order().stream()
                .filter(node -> network.dependsOnImage(node) && network.isBeforeLayers(node))
                .map(this::describe)
                .toList();
    }

    /** From the reference layers to the scores. */
    public List<String> head(Head head) {
        Set<String> after = after(head);
        Set<String> before = network.before(head.scores());
        Set<String> features = before(head);
        return network.order().stream()
                .filter(node ->
                        after.contains(node.name()) && before.contains(node.name()) && !features.contains(node.name()))
                .map(this::describe)
                .toList();
    }

    /**
     * What the scores depend on and relevance doesn't reach, a sentence each: convolutions from which no way leads through a
     * reference layer, as a gate's of its own, and side inputs without any.
     */
    public List<String> unexplained(Head head) {
        List<String> convolutions = pastReferences(head);
        return convolutions.isEmpty()
                ? List.of()
                : List.of("%d convolutions from '%s' on, which lead past the reference layer"
                        .formatted(convolutions.size(), convolutions.get(0)));
    }

    /** Convolutions that the scores depend on and no reference layer does. Names of nodes. */
    private List<String> pastReferences(Head head) {
        Set<String> reached = after(head);
        reached.addAll(before(head));
        Set<String> before = network.before(head.scores());
        return network.order().stream()
                .filter(node -> Operations.isConvolution(node) && network.dependsOnImage(node))
                .map(Node::name)
                .filter(name -> before.contains(name) && !reached.contains(name))
                .toList();
    }

    private Set<String> before(Head head) {
        Set<String> before = new HashSet<>();
        head.features().forEach(features -> before.addAll(network.before(features)));
        return before;
    }

    private Set<String> after(Head head) {
        Set<TensorRef> features = new HashSet<>(head.features());
        Set<String> after = new HashSet<>();
        for (Node node : network.order()) {
            if (node.inputs().stream().anyMatch(in -> features.contains(in) || after.contains(in.node()))) {
                after.add(node.name());
            }
        }
        return after;
    }

    /** The operation, with the few numbers that it works with. */
    private String describe(Node node) {
        String numbers = node.inputs().stream()
                .filter(input ->
                        network.rank(input) >= 0 && size(network.shape(input).orElseThrow()) <= SHOWN)
                .map(network::constant)
                .flatMap(Optional::stream)
                .map(NetworkSummary::describe)
                .collect(Collectors.joining(" "));
        return numbers.isEmpty() ? node.operation() : node.operation() + " " + numbers;
    }

    private static String describe(Constant constant) {
        String numbers = IntStream.range(0, constant.size())
                .mapToObj(i -> number(constant.values()[i]))
                .collect(Collectors.joining(", "));
        return constant.size() == 1 ? numbers : "[" + numbers + "]";
    }

    private static String number(float value) {
        return value == Math.rint(value) && Math.abs(value) < 1 << 24
                ? String.valueOf((long) value)
                : "%.4g".formatted(value).replaceFirst("(\\.\\d*?)0+$", "$1");
    }

    private static long size(long[] shape) {
        return Arrays.stream(shape).reduce(1, (a, b) -> b < 0 ? Long.MAX_VALUE : a * b);
    }
}
