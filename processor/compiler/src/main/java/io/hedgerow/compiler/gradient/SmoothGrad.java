package io.hedgerow.compiler.gradient;

import io.hedgerow.compiler.method.MethodContext;
import io.hedgerow.compiler.method.MethodResult;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.core.ReduceMin;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * SmoothGrad (Smilkov et al., arXiv 1706.03825): the mean gradient at copies of the image under noise, and of that the largest
 * magnitude among channels. The noise is normal, as wide as {@value #SIGMA} of the image's own range, and the image's own: a
 * digest of it is the seed.
 */
public final class SmoothGrad extends SampledMethod {
    private static final int COUNT = 16;
    private static final float SIGMA = 0.15f;

    /** Stateless, as all methods are. */
    public SmoothGrad() {
        super(COUNT);
    }

    @Override
    public String name() {
        return "smoothgrad";
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public Map<String, String> parameters() {
        return Map.of("samples", Integer.toString(COUNT), "sigma", Float.toString(SIGMA));
    }

    @Override
    public Operand<TFloat32> at(Operand<TFloat32> x, List<Integer> space, Operand<TInt32> index, Ops tf) {
        Operand<TInt32> batch = tf.slice(tf.shape(x), tf.constant(new int[] {0}), tf.constant(new int[] {1}));
        Operand<TFloat32> rows = tf.reshape(x, tf.concat(List.of(batch, tf.constant(new int[] {-1})), tf.constant(0)));
        Operand<TFloat32> range = tf.math.sub(
                tf.reduceMax(rows, tf.constant(1), ReduceMax.keepDims(true)),
                tf.reduceMin(rows, tf.constant(1), ReduceMin.keepDims(true)));
        Operand<TFloat32> noise = new Noise(rows, tf).of(index);
        Operand<TFloat32> wide = tf.math.mul(noise, tf.math.mul(range, tf.constant(SIGMA)));
        return tf.reshape(tf.math.add(rows, wide), tf.shape(x));
    }

    @Override
    public MethodResult write(MethodContext context) {
        InputMaps maps = new InputMaps(context);
        CheckedSamples checked = new CheckedSamples(context, this, this);
        context.meanGradients(name(), count()).forEach((input, mean) -> {
            checked.add(input, mean);
            maps.addLargest(input, mean);
        });
        return new MethodResult(maps.maps(), List.of(checked.check()));
    }
}
