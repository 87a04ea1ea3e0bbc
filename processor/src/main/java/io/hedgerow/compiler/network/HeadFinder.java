package io.hedgerow.compiler.network;

import io.hedgerow.compiler.ModelRefusedException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the scores and the reference layer: from the model's output back over softmax or sigmoid, then along the main
 * path to the operation that collapses space, then over pooling, identity and transpose (Nam &amp; Lee, section 3).
 */
public final class HeadFinder {
    private static final Set<String> RESHAPES = Set.of("Identity", "Reshape", "Squeeze", "ExpandDims", "Cast");
    private static final Set<String> REDUCTIONS = Set.of("Mean", "Max", "Sum");
    private static final Set<String> SKIPPED = Set.of(
            "MaxPool",
            "MaxPoolV2",
            "AvgPool",
            "Identity",
            "Transpose",
            "Pad",
            "PadV2",
            "StopGradient",
            "CheckNumerics");

    private static final Map<String, String> ACTIVATIONS =
            Map.of("Softmax", "softmax", "LogSoftmax", "softmax", "Sigmoid", "sigmoid");

    private final Network network;
    private final Map<String, String> aliases;

    /**
     * Makes a finder for one classifier.
     *
     * @param aliases further names of tensors, as {@code node:port}
     */
    public HeadFinder(Network network, Map<String, String> aliases) {
        this.network = network;
        this.aliases = aliases;
    }

    /**
     * Finds where explaining starts.
     *
     * @param output the model's own output
     * @param layer a node named by hand as the reference layer, by its full name or, if unique, its last path segment
     * @throws ModelRefusedException if there is no such layer or no operation that collapses space
     */
    public Head find(TensorRef output, @Nullable String layer) {
        TensorRef scores = output;
        String activation = "none";
        for (TensorRef at = output; ; at = network.producer(at).input(0)) {
            String operation = network.producer(at).operation();
            if (ACTIVATIONS.containsKey(operation)) {
                activation = ACTIVATIONS.get(operation);
                scores = network.producer(at).input(0);
                break;
            }
            Optional<TensorRef> exponents = exponents(network.producer(at));
            if (exponents.isPresent()) {
                activation = "softmax";
                scores = exponents.get();
                break;
            }
            if (!RESHAPES.contains(operation)) {
                break;
            }
        }
        Node collapse = collapse(scores);
        TensorRef reference = layer != null ? named(layer) : aboveCollapse(collapse);
        if (network.rank(reference) != 4) {
            throw new ModelRefusedException("the reference layer '" + reference
                    + "' is not of shape N x H x W x K but of "
                    + network.shape(reference).map(java.util.Arrays::toString).orElse("unknown shape")
                    + "; name another with --reference-layer");
        }
        if (network.convolutions(reference) == 0) {
            throw new ModelRefusedException("no convolution lies before the reference layer '" + reference
                    + "': only convolutional classifiers can be explained");
        }
        return new Head(scores, activation, reference, collapse.name());
    }

    /** What a softmax made of its parts, exp(x − max x) / Σ exp(x − max x), is taken of; empty for anything else. */
    private Optional<TensorRef> exponents(Node division) {
        if (!division.operation().equals("RealDiv")
                || !network.dependsOnImage(division.input(0))
                || !network.dependsOnImage(division.input(1))) {
            return Optional.empty();
        }
        Node exponential = network.producer(division.input(0));
        Node sum = network.producer(division.input(1));
        if (!exponential.operation().equals("Exp")
                || !sum.operation().equals("Sum")
                || !sum.input(0).equals(exponential.output())) {
            return Optional.empty();
        }
        TensorRef x = exponential.input(0);
        Node shifted = network.producer(x);
        boolean byMaximum = shifted.operation().equals("Sub")
                && network.producer(shifted.input(1)).operation().equals("Max");
        return Optional.of(byMaximum ? shifted.input(0) : x);
    }

    private Node collapse(TensorRef scores) {
        TensorRef at = scores;
        while (!at.equals(network.image())) {
            Node node = network.producer(at);
            Optional<TensorRef> input = mainInput(node);
            if (input.isEmpty()) {
                break;
            }
            // where it begins: a collapse further down may be that of a gate
            if (collapses(node, input.get()) || begins(node, input.get())) {
                return node;
            }
            at = input.get();
        }
        throw new ModelRefusedException("no operation that collapses space (mean or max over height and width, global"
                + " pooling, flatten) was found between the scores '" + scores + "' and the image: name the reference"
                + " layer with --reference-layer if this is a convolutional classifier");
    }

    private TensorRef aboveCollapse(Node collapse) {
        TensorRef at = mainInput(collapse).orElseThrow();
        while (SKIPPED.contains(network.producer(at).operation()) || reducesSpace(network.producer(at))) {
            at = network.producer(at).input(0);
        }
        return at;
    }

    /** Of several signals the one that most convolutions lie before; of a product not its gate, which may have more. */
    private Optional<TensorRef> mainInput(Node node) {
        List<TensorRef> signals = network.signals(node);
        if (node.operation().equals("Mul") && !signals.stream().allMatch(this::isGate)) {
            signals = signals.stream().filter(signal -> !isGate(signal)).toList();
        }
        return signals.stream().max(Comparator.comparingInt(network::convolutions));
    }

    private boolean isGate(TensorRef signal) {
        Node node = network.producer(signal);
        while (RESHAPES.contains(node.operation()) || node.operation().equals("Transpose")) {
            node = network.producer(node.input(0));
        }
        return Set.of("Softmax", "Sigmoid").contains(node.operation());
    }

    private boolean collapses(Node node, TensorRef input) {
        if (network.rank(input) != 4 || flat(input)) {
            return false;
        }
        if (REDUCTIONS.contains(node.operation())) {
            List<Integer> axes = axes(node);
            return (axes.contains(1) && axes.contains(2)) || (axes.contains(2) && axes.contains(3));
        }
        if (Set.of("Reshape", "Squeeze").contains(node.operation())) {
            return network.rank(node.output()) == 2;
        }
        return flat(node.output());
    }

    /** Whether space is collapsed from here on in several steps: height first, or as a list of positions. */
    private boolean begins(Node node, TensorRef input) {
        boolean leaves = network.rank(node.output()) == 2 || network.rank(node.output()) == 3;
        return network.rank(input) == 4 && !flat(input) && (leaves || reducesSpace(node));
    }

    private boolean reducesSpace(Node node) {
        return REDUCTIONS.contains(node.operation())
                && network.rank(node.input(0)) == 4
                && axes(node).contains(1) != axes(node).contains(2)
                && !axes(node).contains(3);
    }

    private List<Integer> axes(Node reduction) {
        List<Integer> axes = new ArrayList<>();
        for (int axis :
                network.constant(reduction.input(1)).map(Constant::integers).orElse(new int[0])) {
            axes.add(Math.floorMod(axis, 4));
        }
        return axes;
    }

    private boolean flat(TensorRef tensor) {
        long[] shape = network.shape(tensor).orElse(new long[0]);
        return shape.length == 4 && shape[1] == 1 && shape[2] == 1;
    }

    private TensorRef named(String layer) {
        Map<String, TensorRef> names = new TreeMap<>();
        aliases.forEach((name, tensor) -> names.put(name, TensorRef.parse(tensor)));
        network.nodes().forEach(node -> names.put(node.name(), node.output()));
        names.values().removeIf(tensor -> !network.dependsOnImage(tensor));
        TensorRef exact = names.get(layer);
        if (exact != null) {
            return exact;
        }
        names.keySet().removeIf(name -> !name.endsWith("/" + layer));
        if (names.size() != 1) {
            throw new ModelRefusedException(
                    names.isEmpty()
                            ? "no node that depends on the image is named '" + layer + "' (reference layer)"
                            : "several nodes are named '" + layer + "' (reference layer): give the full name of one of "
                                    + names.keySet());
        }
        return names.values().iterator().next();
    }
}
