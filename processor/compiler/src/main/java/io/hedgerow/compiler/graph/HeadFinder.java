package io.hedgerow.compiler.graph;

import io.hedgerow.compiler.api.ModelRefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the scores and the reference layers: from the model's output back over softmax or sigmoid, then along every path to
 * the operation that collapses space, then over pooling, identity and transpose (Nam &amp; Lee, section 3).
 */
public final class HeadFinder {
    private static final Set<String> REDUCTIONS = Set.of("Mean", "Max", "Sum");
    private static final Set<String> SKIPPED = Operations.with(
            Set.of("Identity", "Transpose", "Pad", "PadV2", "StopGradient", "CheckNumerics"), Operations.POOLINGS);

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
        Scores scores = new ScoreFinder(network).find(output);
        List<ReferenceLayer> references;
        if (layer != null) {
            TensorRef named = named(layer);
            references = List.of(new ReferenceLayer(named, named.node()));
        } else {
            references = new ReferenceSearch(network, this::isCollapse, this::aboveCollapse).from(scores.tensor());
        }
        references.forEach(this::requireFeatures);
        return scores.head(references, network);
    }

    private void requireFeatures(ReferenceLayer layer) {
        TensorRef reference = layer.output();
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
    }

    /** Where it begins: a collapse further down may be that of a gate. */
    private boolean isCollapse(Node node, TensorRef input) {
        return collapses(node, input) || begins(node, input);
    }

    private TensorRef aboveCollapse(Node collapse, TensorRef input) {
        TensorRef at = new PowerPooling(network).pooled(collapse, input).orElse(input);
        while (isSkipped(network.producer(at))) {
            at = network.producer(at).input(0);
        }
        return at;
    }

    private boolean isSkipped(Node node) {
        return SKIPPED.contains(node.operation()) || Operations.isRounding(node.operation()) || reducesSpace(node);
    }

    private boolean collapses(Node node, TensorRef input) {
        if (network.rank(input) != 4 || flat(input)) {
            return false;
        }
        if (REDUCTIONS.contains(node.operation())) {
            List<Integer> space = network.layout(input).space();
            return !space.isEmpty() && axes(node).containsAll(space);
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
        if (!REDUCTIONS.contains(node.operation()) || network.rank(node.input(0)) != 4) {
            return false;
        }
        Layout layout = network.layout(node.input(0));
        List<Integer> axes = axes(node);
        return axes.stream().anyMatch(layout.space()::contains)
                && !axes.containsAll(layout.space())
                && !axes.contains(layout.channel());
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
        return network.rank(tensor) == 4 && network.isPoint(tensor);
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
