package io.hedgerow.compiler.gradient;

import io.hedgerow.compiler.runtime.GraphFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.types.TFloat32;

/**
 * A small classifier, as a SavedModel and once more in double precision, with nothing of the compiler's: two convolutions with
 * bias and ReLU that halve the picture, the mean over positions, and a dense layer before a softmax.
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
    static final int KERNEL = 3;
    private static final double EPSILON = 0.001f;

    /** What it is built of beside that. */
    enum Kind {
        /** Nothing: the second convolution has a stride of two. */
        PLAIN,
        /** A maximum over 2 × 2 between the two. */
        POOLED,
        /** After both a third one, whose output is added to its input before a ReLU. */
        RESIDUAL,
        /** Batch normalisation after the second, which turns some channels round. */
        NORMALISED
    }

    private final Kind kind;
    private final double[] first;
    private final double[] firstBias;
    private final double[] second;
    private final double[] secondBias;
    private final double[] dense;
    private final double[] third;
    private final double[] thirdBias;
    private final double[] scale;
    private final double[] offset;
    private final double[] mean;
    private final double[] variance;

    DoubleNet(Kind kind, long seed) {
        this.kind = kind;
        Random random = new Random(seed);
        first = numbers(random, KERNEL * KERNEL * CHANNELS * HIDDEN);
        firstBias = numbers(random, HIDDEN);
        second = numbers(random, KERNEL * KERNEL * HIDDEN * FEATURES);
        secondBias = numbers(random, FEATURES);
        dense = numbers(random, FEATURES * CLASSES);
        third = numbers(random, KERNEL * KERNEL * FEATURES * FEATURES);
        thirdBias = numbers(random, FEATURES);
        scale = numbers(random, FEATURES);
        offset = numbers(random, FEATURES);
        mean = numbers(random, FEATURES);
        variance = Arrays.stream(numbers(random, FEATURES))
                .map(value -> (float) (value + 1))
                .toArray();
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
            Operand<TFloat32> hidden = tf.nn.relu(layer(tf, images, first, firstBias, 1, CHANNELS));
            if (kind == Kind.POOLED) {
                hidden = tf.nn.maxPool(
                        hidden, tf.constant(new int[] {1, 2, 2, 1}), tf.constant(new int[] {1, 2, 2, 1}), "VALID");
            }
            Operand<TFloat32> drawn = layer(tf, hidden, second, secondBias, kind == Kind.POOLED ? 1 : 2, HIDDEN);
            if (kind == Kind.NORMALISED) {
                Shape each = Shape.of(FEATURES);
                drawn = tf.nn.fusedBatchNorm(
                                drawn,
                                constant(tf, each, scale),
                                constant(tf, each, offset),
                                constant(tf, each, mean),
                                constant(tf, each, variance),
                                FusedBatchNorm.epsilon((float) EPSILON),
                                FusedBatchNorm.isTraining(false))
                        .y();
            }
            Operand<TFloat32> features = tf.nn.relu(drawn);
            if (kind == Kind.RESIDUAL) {
                features = tf.nn.relu(tf.math.add(features, layer(tf, features, third, thirdBias, 1, FEATURES)));
            }
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
        return tf.nn.biasAdd(convolved, constant(tf, Shape.of(bias.length), bias));
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
        double[] hidden = positive(convolved(image, HEIGHT, WIDTH, CHANNELS, first, firstBias, 1));
        if (kind == Kind.POOLED) {
            return positive(convolved(pooled(hidden), ROWS, COLUMNS, HIDDEN, second, secondBias, 1));
        }
        double[] features = positive(convolved(hidden, HEIGHT, WIDTH, HIDDEN, merged(second), mergedBias(), 2));
        if (kind == Kind.RESIDUAL) {
            double[] branch = convolved(features, ROWS, COLUMNS, FEATURES, third, thirdBias, 1);
            for (int i = 0; i < branch.length; i++) {
                branch[i] += features[i];
            }
            return positive(branch);
        }
        return features;
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
            y[i] = sum;
        }
        return y;
    }

    /** Of the second layer: the kernel with what comes right after it. */
    private double[] merged(double[] kernel) {
        double[] merged = kernel.clone();
        Arrays.setAll(merged, i -> kernel[i] * factor(i % FEATURES));
        return merged;
    }

    private double[] mergedBias() {
        double[] merged = secondBias.clone();
        if (kind == Kind.NORMALISED) {
            Arrays.setAll(merged, i -> (secondBias[i] - mean[i]) * factor(i) + offset[i]);
        }
        return merged;
    }

    private double factor(int channel) {
        return kind == Kind.NORMALISED ? scale[channel] / Math.sqrt(variance[channel] + EPSILON) : 1;
    }

    /**
     * Layer-wise relevance of a class at the picture's entries, every sum written out.
     *
     * @param isFlat whether the first layer shares evenly, not between the picture's smallest and largest value
     */
    double[] relevance(double[] image, int label, boolean isFlat) {
        double[] hidden = positive(convolved(image, HEIGHT, WIDTH, CHANNELS, first, firstBias, 1));
        double[] features = features(image);
        double[] relevance = new double[features.length];
        Arrays.setAll(relevance, i -> features[i] * dense[i % FEATURES * CLASSES + label] / (ROWS * COLUMNS));
        if (kind == Kind.RESIDUAL) {
            double[] before = positive(convolved(hidden, HEIGHT, WIDTH, HIDDEN, second, secondBias, 2));
            double[] branch = convolved(before, ROWS, COLUMNS, FEATURES, third, thirdBias, 1);
            double[] skipped = new double[relevance.length];
            double[] branched = new double[relevance.length];
            for (int i = 0; i < relevance.length; i++) {
                double sum = before[i] + branch[i];
                double unit = relevance[i] / (sum + (sum < 0 ? -1e-6 : 1e-6));
                skipped[i] = unit * before[i];
                branched[i] = unit * branch[i];
            }
            double[] through = Share.positive(before, ROWS, COLUMNS, FEATURES, third, thirdBias, 1, branched);
            Arrays.setAll(relevance, i -> skipped[i] + through[i]);
        }
        double[] atHidden;
        if (kind == Kind.POOLED) {
            double[] small = pooled(hidden);
            double[] atSmall = Share.positive(small, ROWS, COLUMNS, HIDDEN, second, secondBias, 1, relevance);
            atHidden = Share.winner(hidden, HEIGHT, WIDTH, HIDDEN, atSmall);
        } else {
            atHidden = Share.positive(hidden, HEIGHT, WIDTH, HIDDEN, merged(second), mergedBias(), 2, relevance);
        }
        return isFlat
                ? Share.flat(image, HEIGHT, WIDTH, CHANNELS, first, HIDDEN, atHidden)
                : Share.bounded(image, HEIGHT, WIDTH, CHANNELS, first, HIDDEN, atHidden);
    }

    private static double[] positive(double[] x) {
        return Arrays.stream(x).map(value -> Math.max(0, value)).toArray();
    }

    private static double[] pooled(double[] x) {
        double[] y = new double[ROWS * COLUMNS * HIDDEN];
        for (int i = 0; i < y.length; i++) {
            int corner = (i / HIDDEN / COLUMNS * 2 * WIDTH + i / HIDDEN % COLUMNS * 2) * HIDDEN + i % HIDDEN;
            y[i] = Math.max(
                    Math.max(x[corner], x[corner + HIDDEN]),
                    Math.max(x[corner + WIDTH * HIDDEN], x[corner + WIDTH * HIDDEN + HIDDEN]));
        }
        return y;
    }
}
