package io.hedgerow.compiler.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a classifier does before its first layer and after its last feature map, operation by operation, in words. */
public final class Stages {
    private static final int SHOWN = 4;
    private static final Set<String> POOLING = Set.of("MaxPool", "MaxPoolV2", "AvgPool");

    private final Network network;

    public Stages(Network network) {
        this.network = network;
    }

    /** From the image to the first convolution or pooling; empty if that takes the image as it is. */
    public List<String> preprocessing() {
        Set<String> later = new HashSet<>();
        List<String> found = new ArrayList<>();
        for (Node node : network.order()) {
            boolean isLayer = network.convolutions(node.output()) > 0 || POOLING.contains(node.operation());
            if (isLayer || node.inputs().stream().anyMatch(input -> later.contains(input.node()))) {
                later.add(node.name());
            } else if (network.dependsOnImage(node)) {
                found.add(describe(node));
            }
        }
        return found;
    }

    /** From the reference layer to the scores. */
    public List<String> head(Head head) {
        Set<String> after = after(head.reference());
        Set<String> before = network.before(head.scores());
        return network.order().stream()
                .filter(node -> after.contains(node.name()) && before.contains(node.name()))
                .map(this::describe)
                .toList();
    }

    /**
     * Convolutions that the scores depend on and relevance doesn't reach: no way from them leads through the reference layer, as
     * in all but one of several networks whose scores are averaged. Names of nodes.
     */
    public List<String> unexplained(Head head) {
        Set<String> reached = after(head.reference());
        reached.addAll(network.before(head.reference()));
        Set<String> before = network.before(head.scores());
        return network.order().stream()
                .filter(node -> Network.isConvolution(node) && network.dependsOnImage(node))
                .map(Node::name)
                .filter(name -> before.contains(name) && !reached.contains(name))
                .toList();
    }

    private Set<String> after(TensorRef tensor) {
        Set<String> after = new HashSet<>();
        for (Node node : network.order()) {
            if (node.inputs().stream().anyMatch(in -> in.equals(tensor) || after.contains(in.node()))) {
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
                .map(Stages::describe)
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
