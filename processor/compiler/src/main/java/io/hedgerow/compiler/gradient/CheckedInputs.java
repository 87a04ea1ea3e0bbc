package io.hedgerow.compiler.gradient;

import io.hedgerow.compiler.check.InputGradientCheck;
import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.method.MethodContext;
import io.hedgerow.compiler.method.NodeNames;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** What first layers take and the gradient there, under names by which the self-check finds them. */
final class CheckedInputs {
    private final MethodContext context;
    private final String method;
    private final List<InputGradientCheck.Input> inputs = new ArrayList<>();

    CheckedInputs(MethodContext context, String method) {
        this.context = context;
        this.method = method;
    }

    /** One more of them. */
    void add(TensorRef input, Operand<TFloat32> taken, Operand<TFloat32> gradient) {
        String values = name("values");
        String slope = name("slope");
        context.named(values, taken);
        context.named(slope, gradient);
        inputs.add(new InputGradientCheck.Input(input, values, slope));
    }

    private String name(String what) {
        return NodeNames.numbered("hedgerow_check_" + method + "_" + what, inputs.size());
    }

    InputGradientCheck check() {
        return new InputGradientCheck(inputs);
    }
}
