package io.hedgerow.compiler.gradient;

import io.hedgerow.compiler.check.SampledGradientCheck;
import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.method.Method;
import io.hedgerow.compiler.method.MethodContext;
import io.hedgerow.compiler.method.NodeNames;
import io.hedgerow.compiler.method.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** A method's samples, outside of the loop that goes through them, under names by which the self-check finds them. */
final class CheckedSamples {
    private final MethodContext context;
    private final Method method;
    private final Samples samples;
    private final List<SampledGradientCheck.Input> inputs = new ArrayList<>();

    CheckedSamples(MethodContext context, Method method, Samples samples) {
        this.context = context;
        this.method = method;
        this.samples = samples;
    }

    /**
     * One more of what the first layers take.
     *
     * @param mean of the gradient there, over all samples
     */
    void add(TensorRef input, Operand<TFloat32> mean) {
        Ops tf = context.checks();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < samples.count(); i++) {
            String name = name("sample_" + i);
            List<Integer> space = context.network.layout(input).space();
            context.named(name, samples.at(context.activation(input), space, tf.constant(i), tf));
            names.add(name);
        }
        String slope = name("slope");
        context.named(slope, Objects.requireNonNull(context.inputGradients().get(input)));
        String average = name("mean");
        context.named(average, mean);
        inputs.add(new SampledGradientCheck.Input(input, names, slope, average));
    }

    private String name(String what) {
        return NodeNames.numbered("hedgerow_check_" + method.name() + "_" + what, inputs.size());
    }

    SampledGradientCheck check() {
        return new SampledGradientCheck(inputs);
    }
}
