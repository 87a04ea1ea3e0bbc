package io.hedgerow.compiler.method;

import io.hedgerow.compiler.analysis.SignAnalysis;
import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.hedging.LinearTensors;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/** The classifier's forward pass, as tensors of the graph that explains it. */
public final class Activations {
    private final Graph graph;
    private final LinearTensors linear;
    private final SignAnalysis signs;

    Activations(Graph graph, Network network, LinearTensors linear) {
        this.graph = graph;
        this.linear = linear;
        this.signs = new SignAnalysis(network);
    }

    @SuppressWarnings("unchecked")
    public Operand<TFloat32> of(TensorRef tensor) {
        return (Operand<TFloat32>) graph.outputOrThrow(tensor.node() + ":" + tensor.index());
    }

    /** Whether there is no negative entry, whatever the image. */
    boolean isNonNegative(TensorRef tensor) {
        return signs.isNonNegative(tensor);
    }

    /** Whether what a layer hedges between, of this tensor, is 0 only where the tensor is. */
    boolean weighsAll(TensorRef tensor) {
        return isNonNegative(tensor) || linear.isLinear(tensor);
    }

    /** What a layer hedges between: |x| of a linear tensor, x⁺ of any other; computed with {@code ops}. */
    public Operand<TFloat32> contributions(TensorRef tensor, Ops ops) {
        return linear.isLinear(tensor) ? ops.math.abs(of(tensor)) : positive(tensor, ops);
    }

    /** Where a layer's input is active: where it contributes anything. */
    public Operand<TBool> active(TensorRef tensor, Ops ops) {
        Operand<TFloat32> zero = ops.constant(0f);
        return linear.isLinear(tensor) ? ops.math.notEqual(of(tensor), zero) : ops.math.greater(of(tensor), zero);
    }

    /** x⁺, computed with {@code ops}, which may wait for something. */
    public Operand<TFloat32> positive(TensorRef tensor, Ops ops) {
        return isNonNegative(tensor) ? of(tensor) : ops.nn.relu(of(tensor));
    }
}
