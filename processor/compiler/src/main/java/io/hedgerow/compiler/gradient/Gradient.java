package io.hedgerow.compiler.gradient;

import io.hedgerow.compiler.method.Method;
import io.hedgerow.compiler.method.MethodContext;
import io.hedgerow.compiler.method.MethodResult;
import java.util.List;

/**
 * The gradient (Simonyan et al., arXiv 1312.6034): how much each pixel of what the first layers take could change the score,
 * whichever way: the largest magnitude of the score's gradient among its channels.
 */
public final class Gradient implements Method {
    @Override
    public String name() {
        return "gradient";
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
            maps.addLargest(input, gradient);
        });
        return new MethodResult(maps.maps(), List.of(checked.check()));
    }
}
