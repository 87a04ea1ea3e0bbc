package io.hedgerow.compiler.layer;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.OperationBuilder;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Max pooling and its gradient as the operations whose window is an attribute. Where it is an input, as in what {@link Ops}
 * offers, TensorFlow leaves the gradient to a loop that takes five times as long on a CPU.
 */
public record MaxPooling(List<Long> window, List<Long> strides, String padding) {
    // RATIONALE: Why may a maximum's padding be the lowest number?

    /** The largest entry of each window: N × h × w × C. */
    public Operand<TFloat32> forward(Ops tf, Operand<TFloat32> x) {
        return build(tf, "MaxPool", List.of(x));
    }

    /** The gradient at y with respect to x; of equal entries, the first in row-major order takes all. */
    public Operand<TFloat32> back(Ops tf, Operand<TFloat32> x, Operand<TFloat32> pooled, Operand<TFloat32> y) {
        return build(tf, "MaxPoolGrad", List.of(x, pooled, y));
    }

    private Operand<TFloat32> build(Ops tf, String operation, List<Operand<TFloat32>> inputs) {
        OperationBuilder builder =
                tf.scope().env().opBuilder(operation, tf.scope().makeOpName(operation), tf.scope());
        for (Operand<TFloat32> input : inputs) {
            builder.addInput(input.asOutput());
        }
        return builder.setAttr("ksize", numbers(window))
                .setAttr("strides", numbers(strides))
                .setAttr("padding", padding)
                .build()
                .output(0);
    }

    private static long[] numbers(List<Long> list) {
        return list.stream().mapToLong(Long::longValue).toArray();
    }
}
