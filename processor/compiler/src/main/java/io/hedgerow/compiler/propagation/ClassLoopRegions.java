package io.hedgerow.compiler.propagation;

import io.hedgerow.compiler.analysis.Footprint;
import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.layer.Convolution;
import io.hedgerow.compiler.layer.ConvolutionLayers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where a processor with caches had better explain one class after another: stretches of the network that all relevance
 * enters and leaves through one tensor, smaller than those between, and whose layers do little with much memory. What one
 * class needs there stays in the caches, what several at once need doesn't. Learns what relevance goes through, in its order.
 */
public final class ClassLoopRegions {
    // RATIONALE: Why do classes go one by one in some stretches?
    private final Network network;
    private final Footprint footprint;
    private final Map<String, String> found = new LinkedHashMap<>();
    private Optional<ClassLoopRegion> open = Optional.empty();

    public ClassLoopRegions(Network network) {
        this.network = network;
        this.footprint = new Footprint(network);
    }

    /** The first node of each stretch, whose tensor it begins with, and the last, whose tensor is what it makes of that. */
    public Map<String, String> found() {
        return found;
    }

    /**
     * All relevance has come to one tensor.
     *
     * @param node computes its relevance
     */
    public void narrow(TensorRef tensor, String node) {
        long bytes = footprint.bytes(tensor);
        if (open.filter(stretch -> 2 * bytes > stretch.largest()).isEmpty()) {
            open.filter(ClassLoopRegion::suitsOneByOne).ifPresent(stretch -> found.put(stretch.begin(), node));
            open = Optional.of(new ClassLoopRegion(node)).filter(stretch -> bytes >= 0);
        }
    }

    /** Relevance goes through a node. */
    public void through(Node node) {
        open.ifPresent(stretch -> extend(stretch, node));
    }

    private void extend(ClassLoopRegion stretch, Node node) {
        long output = footprint.bytes(node.output());
        if (output < 0) {
            open = Optional.empty();
            return;
        }
        stretch.add(output);
        if (ConvolutionLayers.isLayer(node, network)) {
            Convolution layer = Convolution.of(node, network);
            stretch.addLayer(Math.max(0, footprint.bytes(layer.input())), output, layer.productsPerOutput());
        }
    }
}
