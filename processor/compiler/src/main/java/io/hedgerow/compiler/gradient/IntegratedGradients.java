package io.hedgerow.compiler.gradient;

import io.hedgerow.compiler.method.MethodContext;
import io.hedgerow.compiler.method.MethodResult;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Integrated gradients (Sundararajan et al., arXiv 1703.01365): what the image adds to its mean colour times the mean gradient
 * on the straight way from there to it, summed over channels. The way's {@value #COUNT} parts are each taken at their middle.
 * But for that a map sums to what the score of the image is above that of its mean colour.
 */
public final class IntegratedGradients extends SampledMethod {
    // RATIONALE: Why do integrated gradients begin at the image's mean colour?
    private static final int COUNT = 16;

    /** Stateless, as all methods are. */
    public IntegratedGradients() {
        super(COUNT);
    }

    @Override
    public String name() {
        return "integrated-gradients";
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public Map<String, String> parameters() {
        return Map.of("baseline", "mean-colour", "steps", Integer.toString(COUNT));
    }

    @Override
    public Operand<TFloat32> at(Operand<TFloat32> x, List<Integer> space, Operand<TInt32> index, Ops tf) {
        Operand<TFloat32> middle = tf.math.add(tf.dtypes.cast(index, TFloat32.class), tf.constant(0.5f));
        Operand<TFloat32> share = tf.math.div(middle, tf.constant((float) COUNT));
        return tf.math.add(baseline(x, space, tf), tf.math.mul(share, above(x, space, tf)));
    }

    private static Operand<TFloat32> baseline(Operand<TFloat32> x, List<Integer> space, Ops tf) {
        int[] axes = space.stream().mapToInt(Integer::intValue).toArray();
        return tf.math.mean(x, tf.constant(axes), Mean.keepDims(true));
    }

    private static Operand<TFloat32> above(Operand<TFloat32> x, List<Integer> space, Ops tf) {
        return tf.math.sub(x, baseline(x, space, tf));
    }

    @Override
    public MethodResult write(MethodContext context) {
        InputMaps maps = new InputMaps(context);
        CheckedSamples checked = new CheckedSamples(context, this, this);
        context.meanGradients(name(), count()).forEach((input, mean) -> {
            checked.add(input, mean);
            List<Integer> space = context.network.layout(input).space();
            maps.addProducts(input, above(context.activation(input), space, context.tf()), mean);
        });
        return new MethodResult(maps.maps(), List.of(checked.check()));
    }
}
