package io.hedgerow.compiler.gradient;

import io.hedgerow.compiler.check.InputGradientCheck;
import io.hedgerow.compiler.method.Method;
import io.hedgerow.compiler.method.MethodContext;
import io.hedgerow.compiler.method.MethodResult;
import io.hedgerow.compiler.method.NodeNames;
import io.hedgerow.compiler.propagation.RuleContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

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
        Ops tf = context.tf();
        RuleContext rows = context.rules(tf);
        List<InputGradientCheck.Input> inputs = new ArrayList<>();
        Map<Object, MethodResult.Map2D> maps = new LinkedHashMap<>();
        context.inputGradients().forEach((input, found) -> {
            String slope = NodeNames.numbered("hedgerow_check_input_gradient", inputs.size());
            Operand<TFloat32> gradient = context.named(slope, found);
            String values = NodeNames.numbered("hedgerow_check_input", inputs.size());
            context.named(values, rows.activation(input));
            inputs.add(new InputGradientCheck.Input(input, values, slope));
            Operand<TFloat32> products = tf.math.mul(rows.activationRows(rows.activation(input)), rows.rows(gradient));
            Operand<TFloat32> map = rows.unstacked(tf.reduceSum(
                    rows.stacked(products, input),
                    tf.constant(context.network.layout(input).channel())));
            maps.merge(
                    context.places().apply(input),
                    new MethodResult.Map2D(map, input),
                    (one, other) -> new MethodResult.Map2D(tf.math.add(one.values(), other.values()), one.tensor()));
        });
        return new MethodResult(new ArrayList<>(maps.values()), List.of(new InputGradientCheck(inputs)));
    }
}
