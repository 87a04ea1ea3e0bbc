package io.hedgerow.compiler.gradient;

import io.hedgerow.compiler.check.HeadGradientCheck;
import io.hedgerow.compiler.graph.Layout;
import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.method.Method;
import io.hedgerow.compiler.method.MethodContext;
import io.hedgerow.compiler.method.MethodResult;
import io.hedgerow.compiler.propagation.RuleContext;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;

/**
 * Grad-CAM (Selvaraju et al., arXiv 1610.02391): the channels of the reference layer weighted by the mean of the score's
 * gradient over positions, summed, and of that what is positive. A map has the reference layer's height and width, and its
 * cells share evenly what the layer is computed from of the picture.
 */
public final class GradCam implements Method {
    @Override
    public String name() {
        return "grad-cam";
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public MethodResult write(MethodContext context) {
        Ops tf = context.tf();
        RuleContext rows = context.rules(tf);
        List<MethodResult.Map2D> maps = new ArrayList<>();
        for (TensorRef features : context.head.features()) {
            Layout layout = context.network.layout(features);
            int layer = maps.size();
            int[] space = layout.space().stream().mapToInt(Integer::intValue).toArray();
            Operand<TFloat32> weight = tf.math.mean(context.gradient(layer), tf.constant(space), Mean.keepDims(true));
            // 0 where the activation is, though a root may have no gradient there
            Operand<TFloat32> weighted = tf.math.mulNoNan(weight, context.reference(layer));
            Operand<TFloat32> sum = tf.reduceSum(weighted, tf.constant(layout.channel()));
            maps.add(new MethodResult.Map2D(rows.unstacked(tf.nn.relu(sum)), features));
        }
        return new MethodResult(maps, List.of(new HeadGradientCheck(context.head)));
    }
}
