package io.hedgerow.compiler.hedging;

import io.hedgerow.compiler.frontend.FrozenModel;
import io.hedgerow.compiler.graph.Head;
import io.hedgerow.compiler.graph.HeadFinder;
import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.TensorRef;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat32;

/** A small classifier, drawn layer by layer; each keeps height and width. */
final class Sketch implements AutoCloseable {
    static final int SIZE = 6;
    static final int CHANNELS = 4;
    private static final List<Long> ONE = List.of(1L, 1L, 1L, 1L);
    private static final int CLASSES = 3;

    private final Graph graph = new Graph();
    private final Random random;
    final Ops tf = Ops.create(graph);
    final Operand<TFloat32> images =
            tf.withName("images").placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, SIZE, SIZE, 3)));

    Sketch(long seed) {
        random = new Random(seed);
    }

    /** With a bias; named by its kernel's size and where it goes. */
    Operand<TFloat32> convolution(String name, Operand<TFloat32> x, int size) {
        Operand<TFloat32> kernel = numbers(Shape.of(size, size, channels(x), CHANNELS), 0);
        return tf.nn.biasAdd(tf.withName(name).nn.conv2d(x, kernel, ONE, "SAME"), numbers(Shape.of(CHANNELS), 0.2f));
    }

    /** Of channels that are all 0 but for the last. */
    Operand<TFloat32> dead(String name, Operand<TFloat32> x) {
        float[] kernel = new float[(int) channels(x) * CHANNELS];
        for (int i = CHANNELS - 1; i < kernel.length; i += CHANNELS) {
            kernel[i] = (float) random.nextGaussian();
        }
        return tf.withName(name)
                .nn
                .conv2d(x, tf.constant(Shape.of(1, 1, channels(x), CHANNELS), DataBuffers.of(kernel)), ONE, "SAME");
    }

    Operand<TFloat32> depthwise(String name, Operand<TFloat32> x) {
        return tf.withName(name).nn.depthwiseConv2dNative(x, numbers(Shape.of(3, 3, channels(x), 1), 0), ONE, "SAME");
    }

    Operand<TFloat32> normalised(Operand<TFloat32> x) {
        Shape shape = Shape.of(channels(x));
        Operand<TFloat32> variance = tf.constant(shape, Values.random(channels(x)));
        return tf.nn.fusedBatchNorm(
                        x,
                        numbers(shape, 0.5f),
                        numbers(shape, 0),
                        numbers(shape, 0),
                        variance,
                        FusedBatchNorm.isTraining(false))
                .y();
    }

    Operand<TFloat32> swish(Operand<TFloat32> x) {
        return tf.math.mul(x, tf.math.sigmoid(x));
    }

    /** Squeeze and excitation. */
    Operand<TFloat32> gated(Operand<TFloat32> x) {
        Operand<TFloat32> mean =
                tf.math.mean(x, tf.constant(new int[] {1, 2}), org.tensorflow.op.math.Mean.keepDims(true));
        Operand<TFloat32> kernel = numbers(Shape.of(1, 1, channels(x), channels(x)), 0);
        return tf.math.mul(x, tf.math.sigmoid(tf.nn.conv2d(mean, kernel, ONE, "SAME")));
    }

    /** Layer normalisation, from its parts. */
    Operand<TFloat32> byItsOwnMean(Operand<TFloat32> x) {
        Operand<TFloat32> axis =
                tf.math.mean(x, tf.constant(new int[] {3}), org.tensorflow.op.math.Mean.keepDims(true));
        return tf.math.sub(x, axis);
    }

    Operand<TFloat32> pooled(Operand<TFloat32> x) {
        return tf.nn.avgPool(x, List.of(1L, 3L, 3L, 1L), ONE, "SAME");
    }

    Operand<TFloat32> concatenated(Operand<TFloat32> a, Operand<TFloat32> b) {
        return tf.concat(List.of(a, b), tf.constant(3));
    }

    Operand<TFloat32> sum(String name, Operand<TFloat32> a, Operand<TFloat32> b) {
        return tf.withName(name).math.add(a, b);
    }

    /** The classifier that takes the mean of these features. */
    FrozenModel classifier(Operand<TFloat32> features) {
        Operand<TFloat32> mean = tf.withName("collapse").math.mean(features, tf.constant(new int[] {1, 2}));
        tf.withName("scores").linalg.matMul(mean, numbers(Shape.of(channels(features), CLASSES), 0));
        return new FrozenModel(
                graph.toGraphDef(),
                graph.toGraphDef(),
                "scores:0",
                "images",
                DataType.DT_FLOAT,
                images.shape(),
                "images",
                "scores:0",
                Shape.of(-1, CLASSES),
                "scores",
                "serving_default",
                Map.of(),
                "",
                List.of(),
                List.of());
    }

    static Network network(FrozenModel model) {
        return new Network(model.graph(), model.inputName());
    }

    static Head head(FrozenModel model, Network network) {
        return new HeadFinder(network, Map.of()).find(TensorRef.parse(model.outputTensor()), null);
    }

    private static long channels(Operand<TFloat32> x) {
        return x.shape().get(3);
    }

    private Operand<TFloat32> numbers(Shape shape, float least) {
        float[] values = new float[Math.toIntExact(shape.size())];
        for (int i = 0; i < values.length; i++) {
            float value = (float) random.nextGaussian() / 2;
            values[i] = value + Math.copySign(least, value);
        }
        return tf.constant(shape, DataBuffers.of(values));
    }

    @Override
    public void close() {
        graph.close();
    }
}
