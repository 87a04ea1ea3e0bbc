package io.hedgerow.compiler.propagation;

import io.hedgerow.compiler.analysis.SignAnalysis;
import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.TensorRef;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The classifier's forward pass, as tensors of the graph that explains it. */
public final class Activations {
    private final Graph graph;
    private final SignAnalysis signs;

    Activations(Graph graph, Network network) {
        this.graph = graph;
        this.signs = new SignAnalysis(network);
    }

    @SuppressWarnings("unchecked")
    public Operand<TFloat32> of(TensorRef tensor) {
        return (Operand<TFloat32>) graph.outputOrThrow(tensor.node() + ":" + tensor.index());
    }

    /** Whether there is no negative entry, whatever the image. */
    public boolean isNonNegative(TensorRef tensor) {
        return signs.isNonNegative(tensor);
    }

    /** x⁺, computed with {@code ops}, which may wait for something. */
    public Operand<TFloat32> positive(TensorRef tensor, Ops ops) {
        return isNonNegative(tensor) ? of(tensor) : ops.nn.relu(of(tensor));
    }
}
