package io.hedgerow.compiler.check;

import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.graph.Network;

/** What a model computes of a batch of images, against what is taken: what is known to be too large is not tried. */
final class MemoryCheck {
    private static final long MAX_ACTIVATION_BYTES = 8L << 30;

    private MemoryCheck() {}

    /**
     * Adds up.
     *
     * @throws ModelRefusedException if it is too much
     */
    static void run(Network network, RandomImages random) {
        double bytes = network.nodes().stream()
                .filter(node -> network.dependsOnImage(node.output()))
                .mapToDouble(node -> bytes(network.shape(node.output()).orElse(new long[0]), random))
                .sum();
        if (bytes > MAX_ACTIVATION_BYTES) {
            throw new ModelRefusedException(
                    "the model takes %.0f MB for what it computes of images %s; at most %d MB are taken"
                            .formatted(bytes / (1 << 20), random.shape(), MAX_ACTIVATION_BYTES >> 20));
        }
    }

    private static double bytes(long[] shape, RandomImages random) {
        double bytes = Float.BYTES;
        for (int i = 0; i < shape.length; i++) {
            bytes *= shape[i] < 0 ? i == 0 ? random.batch() : 1 : shape[i];
        }
        return bytes;
    }
}
