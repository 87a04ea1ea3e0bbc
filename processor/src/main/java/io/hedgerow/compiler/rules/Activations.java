package io.hedgerow.compiler.rules;

import io.hedgerow.compiler.network.Network;
import io.hedgerow.compiler.network.TensorRef;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The classifier's forward pass, as tensors of the graph that explains it. */
final class Activations {
    private final Graph graph;
    private final Signs signs;

    Activations(Graph graph, Network network) {
        this.graph = graph;
        this.signs = new Signs(network);
    }

    @SuppressWarnings("unchecked")
    Operand<TFloat32> of(TensorRef tensor) {
        return (Operand<TFloat32>) graph.outputOrThrow(tensor.node() + ":" + tensor.index());
    }

    /** Whether there is no negative entry, whatever the image. */
    boolean isNonNegative(TensorRef tensor) {
        return signs.isNonNegative(tensor);
    }

    /** x⁺, computed with {@code ops}, which may wait for something. */
    Operand<TFloat32> positive(TensorRef tensor, Ops ops) {
        return isNonNegative(tensor) ? of(tensor) : ops.nn.relu(of(tensor));
    }
}
