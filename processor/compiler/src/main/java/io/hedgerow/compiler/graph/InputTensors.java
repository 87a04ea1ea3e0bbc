package io.hedgerow.compiler.graph;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/** What the first layers take: the last tensors on the way from the image that no layer has made. */
public final class InputTensors {
    private final Network network;

    public InputTensors(Network network) {
        this.network = network;
    }

    /** Those that some tensors are computed from, in the order of the forward pass. */
    public Set<TensorRef> before(Collection<TensorRef> outputs) {
        Set<String> needed = new HashSet<>();
        outputs.forEach(output -> needed.addAll(network.before(output)));
        Set<TensorRef> found = new LinkedHashSet<>();
        for (Node node : network.order()) {
            if (needed.contains(node.name()) && isLayers(node)) {
                node.inputs().stream().filter(this::isInput).forEach(found::add);
            }
        }
        return found;
    }

    /** Whether a node comes after the first layers begin. */
    public boolean isLayers(Node node) {
        return network.dependsOnImage(node.output()) && !network.isBeforeLayers(node);
    }

    /** Whether what a layer takes comes from before all layers. */
    public boolean isInput(TensorRef tensor) {
        return network.dependsOnImage(tensor) && network.isBeforeLayers(network.producer(tensor));
    }
}
