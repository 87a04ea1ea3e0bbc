package io.hedgerow.compiler.gradient;

import io.hedgerow.compiler.method.Method;
import io.hedgerow.compiler.method.MethodContext;
import io.hedgerow.compiler.method.MethodResult;
import java.util.List;

/**
 * Gradient × input (Shrikumar et al., arXiv 1605.01713): each entry of what the first layers take times the score's gradient
 * there, summed over channels. By TensorFlow's own gradients, so that every operation from there to the scores must have one.
 */
public final class GradientTimesInput implements Method {
    @Override
    public String name() {
        return "gradient-x-input";
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public boolean takesInputGradients() {
        return true;
    }

    @Override
    public MethodResult write(MethodContext context) {
        InputMaps maps = new InputMaps(context);
        CheckedInputs checked = new CheckedInputs(context, name());
        context.inputGradients().forEach((input, gradient) -> {
            checked.add(input, context.activation(input), gradient);
            maps.addProducts(input, context.activation(input), gradient);
        });
        return new MethodResult(maps.maps(), List.of(checked.check()));
    }
}
