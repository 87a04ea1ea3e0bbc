package io.hedgerow.compiler.hedging;

import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.propagation.Activations;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/** What a layer hedges between, of its input, and where that is anything. */
final class Contributions {
    private final Activations activations;
    private final LinearTensors linear;

    Contributions(Activations activations, LinearTensors linear) {
        this.activations = activations;
        this.linear = linear;
    }

    /** Whether they are 0 only where the tensor is. */
    boolean weighsAll(TensorRef tensor) {
        return activations.isNonNegative(tensor) || linear.isLinear(tensor);
    }

    /** |x| of a linear tensor, x⁺ of any other; computed with {@code ops}. */
    Operand<TFloat32> of(TensorRef tensor, Ops ops) {
        return linear.isLinear(tensor) ? ops.math.abs(activations.of(tensor)) : activations.positive(tensor, ops);
    }

    /** Where a layer's input is active: where it contributes anything. */
    Operand<TBool> active(TensorRef tensor, Ops ops) {
        Operand<TFloat32> zero = ops.constant(0f);
        Operand<TFloat32> x = activations.of(tensor);
        return linear.isLinear(tensor) ? ops.math.notEqual(x, zero) : ops.math.greater(x, zero);
    }
}
