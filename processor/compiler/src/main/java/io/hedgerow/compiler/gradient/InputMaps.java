package io.hedgerow.compiler.gradient;

import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.method.MethodContext;
import io.hedgerow.compiler.method.MethodResult;
import io.hedgerow.compiler.propagation.RuleContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Maps of what the first layers take, those of one place on the picture put together. */
final class InputMaps {
    private final MethodContext context;
    private final Ops tf;
    private final RuleContext rows;
    private final Map<Object, MethodResult.Map2D> maps = new LinkedHashMap<>();

    InputMaps(MethodContext context) {
        this.context = context;
        this.tf = context.tf();
        this.rows = context.rules(tf);
    }

    /**
     * A number for each entry of what a layer takes, times the gradient there, summed over channels.
     *
     * @param by of each image: B × H × W × C, the layer's axes in any order
     * @param gradient K·B × H × W × C, the same
     */
    void addProducts(TensorRef input, Operand<TFloat32> by, Operand<TFloat32> gradient) {
        Operand<TFloat32> products = tf.math.mul(rows.activationRows(by), rows.rows(gradient));
        add(input, tf.reduceSum(rows.stacked(products, input), channels(input)), tf.math::add);
    }

    /** The largest magnitude of the gradient among channels. */
    void addLargest(TensorRef input, Operand<TFloat32> gradient) {
        add(input, tf.max(tf.math.abs(gradient), channels(input)), tf.math::maximum);
    }

    private void add(TensorRef input, Operand<TFloat32> planes, BinaryOperator<Operand<TFloat32>> together) {
        maps.merge(
                context.places().apply(input),
                new MethodResult.Map2D(rows.unstacked(planes), input),
                (one, other) -> new MethodResult.Map2D(together.apply(one.values(), other.values()), one.tensor()));
    }

    private Operand<org.tensorflow.types.TInt32> channels(TensorRef input) {
        return tf.constant(context.network.layout(input).channel());
    }

    List<MethodResult.Map2D> maps() {
        return new ArrayList<>(maps.values());
    }
}
