package io.hedgerow.planted;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Sum;
import org.tensorflow.types.TFloat32;

/** From the last feature map to logits. */
enum Head {
    MEAN_DENSE,
    FLATTEN_DENSE,
    MAX_DENSE,
    MEAN_KEPT_CONVOLUTION,
    MEAN_KEPT_FLATTEN_DENSE,
    AVERAGE_POOL_DENSE,
    GENERALISED_MEAN_DENSE,
    ATTENTION_DENSE,
    GATED_DENSE,
    TWO_DENSE,
    /** A 1 x 1 convolution to a map for each class, then their means. */
    CLASS_MAPS;

    private static final float POWER = 3;

    /** Logits of the features of several maps together; each member's maps have a gain of their own. */
    Operand<TFloat32> logits(List<Signal> maps, double[] gains, double bias, Layers layers, LastLayer last) {
        Ops tf = layers.tf();
        if (this == CLASS_MAPS) {
            return classMaps(maps, gains, bias, layers, last);
        }
        List<Operand<TFloat32>> parts = new ArrayList<>();
        List<float[]> rows = new ArrayList<>();
        for (int i = 0; i < maps.size(); i++) {
            Features features = features(maps.get(i), layers, last.weights());
            parts.add(features.value());
            rows.add(last.matrix(features.answers(), gains[i]));
        }
        boolean spatial = this == MEAN_KEPT_CONVOLUTION;
        Operand<TFloat32> all = parts.size() == 1 ? parts.get(0) : tf.concat(parts, tf.constant(spatial ? 3 : 1));
        float[] matrix = joined(rows);
        long features = matrix.length / last.classes();
        Operand<TFloat32> offset = layers.constant(last.bias(bias), last.classes());
        if (spatial) {
            Operand<TFloat32> scores = tf.nn.conv2d(
                    all, layers.constant(matrix, 1, 1, features, last.classes()), Layers.strides(1), "VALID");
            return tf.reshape(tf.nn.biasAdd(scores, offset), tf.constant(new int[] {-1, last.classes()}));
        }
        return tf.math.add(tf.linalg.matMul(all, layers.constant(matrix, features, last.classes())), offset);
    }

    private static Operand<TFloat32> classMaps(
            List<Signal> maps, double[] gains, double bias, Layers layers, LastLayer last) {
        List<Operand<TFloat32>> scores = new ArrayList<>();
        for (int i = 0; i < maps.size(); i++) {
            float[] kernel = last.matrix(answers(maps.get(i).channels(), 1, true), gains[i]);
            scores.add(layers.mean(layers.convolution(maps.get(i), kernel, 1, last.classes()), false));
        }
        Operand<TFloat32> sum =
                scores.size() == 1 ? scores.get(0) : layers.tf().math.addN(scores);
        return layers.tf().math.add(sum, layers.constant(last.bias(bias), last.classes()));
    }

    private Features features(Signal x, Layers layers, Weights weights) {
        Ops tf = layers.tf();
        int n = x.channels();
        boolean[] answers = answers(n, 1, true);
        return switch (this) {
            case MEAN_DENSE -> new Features(layers.mean(x, false), answers);
            case MAX_DENSE -> new Features(layers.max(x), answers);
            case FLATTEN_DENSE ->
                new Features(
                        tf.reshape(x.value(), tf.constant(new int[] {-1, x.height() * x.width() * n})),
                        answers(n, x.height() * x.width(), !x.channelsFirst()));
            case MEAN_KEPT_CONVOLUTION ->
                new Features(
                        layers.channelsLast(new Signal(layers.mean(x, true), x.channelsFirst(), 1, 1, n)), answers);
            case MEAN_KEPT_FLATTEN_DENSE -> {
                Signal mean = new Signal(layers.mean(x, true), x.channelsFirst(), 1, 1, n);
                Operand<TFloat32> first = x.channelsFirst()
                        ? mean.value()
                        : layers.channelsFirst(mean).value();
                yield new Features(tf.reshape(first, tf.constant(new int[] {-1, n})), answers);
            }
            case AVERAGE_POOL_DENSE -> {
                List<Long> window = List.of(1L, (long) x.height(), (long) x.width(), 1L);
                Operand<TFloat32> pooled = tf.nn.avgPool(layers.channelsLast(x), window, window, "VALID");
                yield new Features(tf.reshape(pooled, tf.constant(new int[] {-1, n})), answers);
            }
            case GENERALISED_MEAN_DENSE -> {
                Operand<TFloat32> power =
                        tf.math.pow(tf.math.maximum(x.value(), tf.constant(1e-6f)), tf.constant(POWER));
                yield new Features(tf.math.pow(layers.mean(x.to(power), false), tf.constant(1 / POWER)), answers);
            }
            case ATTENTION_DENSE -> new Features(attended(x, layers, weights), answers);
            case GATED_DENSE -> {
                Operand<TFloat32> mean = layers.mean(x, false);
                Operand<TFloat32> gate = tf.math.sigmoid(tf.math.add(
                        tf.linalg.matMul(mean, layers.constant(weights.kernel(1, n, n), n, n)), tf.constant(1f)));
                yield new Features(tf.math.mul(mean, gate), answers);
            }
            case TWO_DENSE -> {
                int m = Weights.GROUP;
                Operand<TFloat32> hidden = tf.math.add(
                        tf.linalg.matMul(layers.mean(x, false), layers.constant(weights.dense(n, m), n, m)),
                        layers.constant(weights.between(1, 2, m), m));
                yield new Features(tf.nn.relu(hidden), answers(m, 1, true));
            }
            case CLASS_MAPS -> throw new IllegalStateException("has no features");
        };
    }

    /** Features weighted by a softmax over positions, as attention pooling does. */
    private static Operand<TFloat32> attended(Signal x, Layers layers, Weights weights) {
        Ops tf = layers.tf();
        float[] kernel = weights.between(-0.05f, 0.05f, x.channels());
        kernel[0] = 1.5f;
        Signal scores = layers.convolution(x, kernel, 1, 1);
        Operand<TFloat32> shares =
                tf.nn.softmax(tf.reshape(scores.value(), tf.constant(new int[] {-1, x.height() * x.width()})));
        Operand<TFloat32> laidOut = tf.reshape(shares, tf.constant(x.ordered(-1, x.height(), x.width(), 1)));
        return tf.sum(
                tf.math.mul(x.value(), laidOut), tf.constant(new int[] {x.rows(), x.columns()}), Sum.keepDims(false));
    }

    private static boolean[] answers(int channels, int positions, boolean channelsLast) {
        boolean[] answers = new boolean[channels * positions];
        for (int i = 0; i < answers.length; i++) {
            answers[i] = Weights.answers(channelsLast ? i % channels : i / positions);
        }
        return answers;
    }

    private static float[] joined(List<float[]> rows) {
        float[] all = new float[rows.stream().mapToInt(row -> row.length).sum()];
        int at = 0;
        for (float[] row : rows) {
            System.arraycopy(row, 0, all, at, row.length);
            at += row.length;
        }
        return all;
    }
}
