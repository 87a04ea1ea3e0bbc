package io.hedgerow.compiler.analysis;

import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.hedging.ConvolutionRule;
import java.util.Arrays;

/**
 * The memory that explaining one class of an image takes at most, weights apart: the whole forward pass, once more what gradients
 * keep of it, and what the largest layer holds while relevance or a gradient goes through it.
 */
public final class Footprint {
    /** Tensors of its input's and output's size that {@link ConvolutionRule} has at once, rounded up. */
    public static final long TENSORS_OF_A_LAYER = 16;

    private final Network network;

    public Footprint(Network network) {
        this.network = network;
    }

    /**
     * Of one image, or -1 where a size is free.
     *
     * @param passes how often all of the forward pass is there at once
     */
    public long bytes(int passes) {
        long forward = 0;
        long layer = 0;
        for (Node node : network.order()) {
            if (!network.dependsOnImage(node)) {
                continue;
            }
            long output = bytes(node.output());
            long inputs = 0;
            for (TensorRef input : network.signals(node)) {
                long size = bytes(input);
                if (size < 0) {
                    return -1;
                }
                inputs += size;
            }
            if (output < 0) {
                return -1;
            }
            forward += output;
            layer = Math.max(layer, inputs + output);
        }
        return passes * forward + TENSORS_OF_A_LAYER * layer;
    }

    /** Of a tensor of one image, or -1 where its size is free. */
    public long bytes(TensorRef tensor) {
        long[] shape = network.shape(tensor).orElse(new long[] {-1, -1});
        long elements = 1;
        for (long size : Arrays.copyOfRange(shape, Math.min(1, shape.length), shape.length)) {
            if (size < 0) {
                return -1;
            }
            elements *= size;
        }
        return elements * Float.BYTES;
    }
}
