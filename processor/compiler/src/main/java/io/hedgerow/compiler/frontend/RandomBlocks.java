package io.hedgerow.compiler.frontend;

import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.frontend.flat.FlatGraph;
import io.hedgerow.compiler.frontend.functions.KnownOperations;
import io.hedgerow.compiler.graph.TensorRef;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tensorflow.proto.NodeDef;

/**
 * Takes live random augmentation out of a model that was saved with it. Keras's preprocessing layers that keep an
 * image's size are known by the name that Keras gives them, and bypassed.
 */
final class RandomBlocks {
    private static final Pattern LAYER =
            Pattern.compile("(?:.*/)?random_(?:flip|rotation|zoom|contrast|translation|brightness"
                    + "|hue|saturation|color_degeneration|color_jitter|grayscale|sharpness|shear|perspective|posterization"
                    + "|gaussian_blur|invert|erasing|elastic_transform)(?:_\\d+)*(?=/)");

    private RandomBlocks() {}

    /** The graph without its random layers; the layers' names are added to {@code bypassed}. */
    static FlatGraph bypass(FlatGraph graph, Set<String> bypassed) {
        for (Optional<String> layer = firstLayer(graph); layer.isPresent(); layer = firstLayer(graph)) {
            graph = without(graph, layer.get());
            bypassed.add(layer.get());
        }
        return graph;
    }

    private static FlatGraph without(FlatGraph graph, String layer) {
        String block = layer + "/";
        Set<String> dynamic = graph.after(Set.of(graph.image()));
        Set<String> entries = new LinkedHashSet<>();
        Set<String> exits = new LinkedHashSet<>();
        if (graph.output().startsWith(block)) {
            exits.add(graph.output());
        }
        for (NodeDef node : graph.nodes().values()) {
            boolean inside = node.getName().startsWith(block);
            for (String input : node.getInputList()) {
                if (inside && !input.startsWith(block) && dynamic.contains(TensorRef.nodeOf(input))) {
                    entries.add(input);
                } else if (!inside && input.startsWith(block)) {
                    exits.add(input);
                }
            }
        }
        if (entries.size() != 1 || exits.size() != 1) {
            throw new ModelRefusedException(
                    "the random layer %s takes %d tensors of the image and gives %d; save the model for inference, with training=False"
                            .formatted(layer, entries.size(), exits.size()));
        }
        return graph.bypass(exits.iterator().next(), entries.iterator().next());
    }

    private static Optional<String> firstLayer(FlatGraph graph) {
        return graph.nodes().values().stream()
                .filter(KnownOperations::isRandom)
                .map(node -> LAYER.matcher(node.getName()))
                .filter(Matcher::lookingAt)
                .map(Matcher::group)
                .findFirst();
    }
}
