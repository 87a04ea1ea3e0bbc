package io.hedgerow.compiler.rules;

import io.hedgerow.compiler.network.Network;
import io.hedgerow.compiler.network.Node;
import io.hedgerow.compiler.network.TensorRef;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where a processor with caches had better explain one class after another: stretches of the network that all relevance
 * enters and leaves through one tensor, whose layers do little with much memory. What one class needs there stays in the
 * caches, what several at once need doesn't. Learns what relevance goes through, in its order.
 */
final class Stretches {
    /** Of the largest relevance of one class of an image: smaller ones stay in caches anyhow, larger ones never. By trial. */
    private static final long SMALLEST = 1L << 20;

    private static final long LARGEST = 8L << 20;
    /** For each entry of a layer's input and output: with more of them, arithmetic is what takes time. By trial on a CPU. */
    private static final long MOST_PRODUCTS = 40;
    /** Tensors of the size of a layer's output, and of its input, that classes share; they are all held at once. */
    private static final long SHARED_OF_OUTPUT = 3;

    private static final long SHARED_OF_INPUT = 2;

    /** A tensor that all relevance is in. */
    private record Neck(String node, long bytes) {}

    private final Network network;
    private final Footprint footprint;
    private final long smallest;
    private final Map<String, String> found = new LinkedHashMap<>();

    private Optional<Neck> begin = Optional.empty();
    private long largest;
    private long largestLayer;
    private long shared;
    private long entries;
    private long products;

    Stretches(Network network) {
        this(network, SMALLEST);
    }

    /** With another {@link #SMALLEST}. */
    Stretches(Network network, long smallest) {
        this.network = network;
        this.footprint = new Footprint(network);
        this.smallest = smallest;
    }

    /** The first node of each stretch, whose tensor it begins with, and the last, whose tensor is what it makes of that. */
    Map<String, String> found() {
        return found;
    }

    /**
     * All relevance has come to one tensor.
     *
     * @param node computes its relevance
     */
    void narrow(TensorRef tensor, String node) {
        Neck neck = new Neck(node, footprint.bytes(tensor));
        boolean narrows = begin.filter(b -> 2 * neck.bytes > largest).isEmpty();
        if (!narrows) {
            return;
        }
        begin.filter(b -> isBoundByMemory()).ifPresent(b -> found.put(b.node, node));
        begin = Optional.of(neck).filter(n -> n.bytes >= 0);
        largest = 0;
        largestLayer = 0;
        shared = 0;
        entries = 0;
        products = 0;
    }

    /** Relevance goes through a node. */
    void through(Node node) {
        long output = footprint.bytes(node.output());
        largest = Math.max(largest, output < 0 ? Long.MAX_VALUE : output);
        if (Convolution.isLayer(node, network) && output >= 0) {
            Convolution layer = Convolution.of(node, network);
            long input = Math.max(0, footprint.bytes(layer.input()));
            largestLayer = Math.max(largestLayer, input + output);
            shared += SHARED_OF_OUTPUT * output + SHARED_OF_INPUT * input;
            entries += (input + output) / Float.BYTES;
            products += output / Float.BYTES * layer.productsPerOutput();
        }
    }

    private boolean isBoundByMemory() {
        return largest >= smallest
                && largest <= LARGEST
                && products <= MOST_PRODUCTS * entries
                && shared <= Footprint.TENSORS_OF_A_LAYER / 2 * largestLayer;
    }
}
