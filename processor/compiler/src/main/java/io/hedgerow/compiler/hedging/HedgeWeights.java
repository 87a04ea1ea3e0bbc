package io.hedgerow.compiler.hedging;

import io.hedgerow.compiler.api.Precision;
import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.layer.Convolution;
import io.hedgerow.compiler.layer.Filter;
import io.hedgerow.compiler.propagation.Activations;
import io.hedgerow.compiler.propagation.RuleContext;
import java.util.HashMap;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Layers with |W| in place of W, and what they make of what they hedge between, which more than one rule asks for. */
final class HedgeWeights {
    private final Ops tf;
    private final Activations activations;
    private final Contributions contributions;
    private final Precision precision;
    private final Map<TensorRef, Filter<?>> filters = new HashMap<>();
    private final Map<TensorRef, Operand<TFloat32>> written = new HashMap<>();

    /**
     * None yet.
     *
     * @param precision asked for
     */
    HedgeWeights(RuleContext e, Contributions contributions, Precision precision) {
        this.tf = e.tf;
        this.activations = e.activations;
        this.contributions = contributions;
        this.precision = precision;
    }

    /**
     * Of a layer: a depthwise one is bound by memory, so that converting what it reads and writes would cost more than it
     * saves; what a transposed one makes of x is a gradient, which TensorFlow adds up in bfloat16.
     */
    Precision precision(Convolution layer) {
        return layer.hasZeroBorder() || !layer.addsUpInputs() ? Precision.FLOAT32 : precision;
    }

    Filter<?> filter(Convolution layer) {
        return filters.computeIfAbsent(
                layer.output(),
                output -> Filter.of(layer, tf.math.abs(activations.of(layer.weights())), precision(layer), tf));
    }

    /**
     * conv(x⁺, |W|), of a linear x conv(|x|, |W|), written when it is first asked for.
     *
     * @param ops computes it, and may wait for something
     */
    Operand<TFloat32> of(Convolution layer, Ops ops) {
        return written.computeIfAbsent(
                layer.output(), output -> filter(layer).forward(ops, contributions.of(layer.input(), ops)));
    }
}
