package io.hedgerow.compiler.gradient;

import io.hedgerow.compiler.runtime.GraphFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * A small classifier, as a SavedModel and once more in double precision, with nothing of the compiler's: two convolutions with
 * bias and ReLU, the second with a stride of two, the mean over positions, and a dense layer before a softmax.
 */
final class DoubleNet {
    static final int HEIGHT = 8;
    static final int WIDTH = 10;
    static final int CHANNELS = 3;
    static final int CLASSES = 4;
    static final int ROWS = HEIGHT / 2;
    static final int COLUMNS = WIDTH / 2;
    static final int FEATURES = 6;
    private static final int HIDDEN = 5;
    private static final int KERNEL = 3;

    private final double[] first;
    private final double[] firstBias;
    private final double[] second;
    private final double[] secondBias;
    private final double[] dense;

    DoubleNet(long seed) {
        Random random = new Random(seed);
        first = numbers(random, KERNEL * KERNEL * CHANNELS * HIDDEN);
        firstBias = numbers(random, HIDDEN);
        second = numbers(random, KERNEL * KERNEL * HIDDEN * FEATURES);
        secondBias = numbers(random, FEATURES);
        dense = numbers(random, FEATURES * CLASSES);
    }

    /** Floats, so that both have the same. */
    private static double[] numbers(Random random, int count) {
        return random.doubles(count, -0.5, 0.5).map(value -> (float) value).toArray();
    }

    Path write(Path folder, boolean freeSize) throws IOException {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            long height = freeSize ? -1 : HEIGHT;
            long width = freeSize ? -1 : WIDTH;
            Operand<TFloat32> images = tf.withName("images")
                    .placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, height, width, CHANNELS)));
            Operand<TFloat32> hidden = layer(tf, images, first, firstBias, 1, CHANNELS);
            Operand<TFloat32> features = layer(tf, hidden, second, secondBias, 2, HIDDEN);
            Operand<TFloat32> mean = tf.math.mean(features, tf.constant(new int[] {1, 2}));
            tf.withName("probabilities")
                    .nn
                    .softmax(tf.linalg.matMul(mean, constant(tf, Shape.of(FEATURES, CLASSES), dense)));
            return GraphFolder.write(
                    folder,
                    graph.toGraphDef(),
                    GraphFolder.floats(-1, height, width, CHANNELS),
                    "probabilities",
                    GraphFolder.floats(-1, CLASSES));
        }
    }

    private static Operand<TFloat32> layer(
            Ops tf, Operand<TFloat32> x, double[] kernel, double[] bias, long stride, int channels) {
        Operand<TFloat32> convolved = tf.nn.conv2d(
                x,
                constant(tf, Shape.of(KERNEL, KERNEL, channels, bias.length), kernel),
                List.of(1L, stride, stride, 1L),
                "SAME");
        return tf.nn.relu(tf.nn.biasAdd(convolved, constant(tf, Shape.of(bias.length), bias)));
    }

    private static Operand<TFloat32> constant(Ops tf, Shape shape, double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return tf.constant(shape, DataBuffers.of(floats));
    }

    /** The reference layer: ROWS × COLUMNS × FEATURES. */
    double[] features(double[] image) {
        double[] hidden = convolved(image, HEIGHT, WIDTH, CHANNELS, first, firstBias, 1);
        return convolved(hidden, HEIGHT, WIDTH, HIDDEN, second, secondBias, 2);
    }

    /** The logit of a class. */
    double score(double[] features, int label) {
        double score = 0;
        for (int i = 0; i < features.length; i++) {
            score += features[i] / (ROWS * COLUMNS) * dense[i % FEATURES * CLASSES + label];
        }
        return score;
    }

    private static double[] convolved(
            double[] x, int height, int width, int channels, double[] kernel, double[] bias, int stride) {
        int outputs = bias.length;
        int rows = height / stride;
        int columns = width / stride;
        // what is padded is odd where the stride is two, and the smaller half of it comes first
        int before = stride == 1 ? 1 : 0;
        double[] y = new double[rows * columns * outputs];
        for (int i = 0; i < y.length; i++) {
            int output = i % outputs;
            int column = i / outputs % columns * stride - before;
            int row = i / outputs / columns * stride - before;
            double sum = bias[output];
            for (int tap = 0; tap < KERNEL * KERNEL; tap++) {
                int r = row + tap / KERNEL;
                int c = column + tap % KERNEL;
                if (r >= 0 && r < height && c >= 0 && c < width) {
                    for (int channel = 0; channel < channels; channel++) {
                        sum += x[(r * width + c) * channels + channel]
                                * kernel[(tap * channels + channel) * outputs + output];
                    }
                }
            }
            y[i] = Math.max(0, sum);
        }
        return y;
    }
}
