package io.hedgerow.compiler;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.math.Mean;
import org.tensorflow.op.nn.AvgPool;
import org.tensorflow.op.nn.Conv2d;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.op.nn.MaxPool;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.TFloat32;

/**
 * A small random classifier, written with channels last throughout, or each layer in an order of its own, as converters and
 * frameworks with channels first leave them. The numbers are the same either way.
 */
final class RandomNet {
    static final int HEIGHT = 12;
    static final int WIDTH = 20;
    static final int CHANNELS = 3;
    static final int CLASSES = 3;

    private static final int[] TO_FIRST = {0, 3, 1, 2};
    private static final int[] TO_LAST = {0, 2, 3, 1};

    private final Random structure;
    private final Random numbers;
    private final Random orders;
    private final boolean mixed;
    private final Graph graph = new Graph();
    private final Ops tf = Ops.create(graph);

    private RandomNet(long seed, boolean mixed) {
        this.structure = new Random(seed);
        this.numbers = new Random(seed + 1);
        this.orders = new Random(seed + 2);
        this.mixed = mixed;
    }

    /** A tensor, and whether its channels come first. */
    private record Signal(Operand<TFloat32> x, boolean first, int height, int width, int channels) {
        private Signal of(Operand<TFloat32> other) {
            return new Signal(other, first, height, width, channels);
        }
    }

    /**
     * Writes one as a SavedModel.
     *
     * @return whether the images' channels come first
     */
    static boolean write(long seed, boolean mixed, Path folder) throws IOException {
        RandomNet net = new RandomNet(seed, mixed);
        try (Graph graph = net.graph) {
            return net.write(folder);
        }
    }

    private boolean write(Path folder) throws IOException {
        boolean first = first();
        Shape shape = first ? Shape.of(-1, CHANNELS, HEIGHT, WIDTH) : Shape.of(-1, HEIGHT, WIDTH, CHANNELS);
        Operand<TFloat32> images = tf.withName("images").placeholder(TFloat32.class, Placeholder.shape(shape));
        Signal x = new Signal(images, first, HEIGHT, WIDTH, CHANNELS);
        x = activated(convolved(x, 6, 3, 1 + structure.nextInt(2)));
        int blocks = 2 + structure.nextInt(3);
        for (int i = 0; i < blocks; i++) {
            x = block(x);
        }
        x = activated(convolved(x, 6, 3, 1));
        tf.withName("scores").identity(head(x));
        save(folder, shape);
        return first;
    }

    private Signal block(Signal x) {
        return switch (structure.nextInt(8)) {
            case 0 -> pooled(x);
            case 1 -> maximum(x);
            case 2 -> activated(added(normalised(convolved(x, x.channels(), 3, 1)), x));
            case 3 -> gated(activated(convolved(x, 6, 1, 1)));
            case 4 -> joined(activated(convolved(x, 4, 3, 1)), activated(convolved(x, 3, 1, 1)));
            case 5 -> widened(x);
            case 6 -> activated(normalised(convolved(x, 5, 3, 1)));
            default -> activated(scaled(convolved(x, 5, 3, 1)));
        };
    }

    /** Whether the next layer has channels first. */
    private boolean first() {
        return mixed && orders.nextBoolean();
    }

    private Signal ordered(Signal x, boolean first) {
        if (x.first() == first) {
            return x;
        }
        Operand<TFloat32> moved = tf.linalg.transpose(x.x(), tf.constant(first ? TO_FIRST : TO_LAST));
        return new Signal(moved, first, x.height(), x.width(), x.channels());
    }

    /** Padded so that the stride divides it. */
    private Signal convolved(Signal signal, int outputs, int size, int stride) {
        Operand<TFloat32> kernel =
                numbers(1.6 / Math.sqrt(size * size * signal.channels()), -0.5, size, size, signal.channels(), outputs);
        int pad = size / 2;
        int height = (signal.height() + 2 * pad - size) / stride + 1;
        int width = (signal.width() + 2 * pad - size) / stride + 1;
        Signal x = ordered(signal, first());
        if (x.first() && orders.nextBoolean()) {
            Operand<TFloat32> y = tf.nn.conv2d(
                    x.x(),
                    kernel,
                    List.of(1L, 1L, (long) stride, (long) stride),
                    "EXPLICIT",
                    Conv2d.dataFormat("NCHW"),
                    Conv2d.explicitPaddings(List.of(0L, 0L, 0L, 0L, (long) pad, (long) pad, (long) pad, (long) pad)));
            return new Signal(y, true, height, width, outputs);
        }
        Signal padded = ordered(x.of(tf.pad(x.x(), around(x, pad), tf.constant(0f))), false);
        Operand<TFloat32> y = tf.nn.conv2d(padded.x(), kernel, List.of(1L, (long) stride, (long) stride, 1L), "VALID");
        return ordered(new Signal(y, false, height, width, outputs), x.first());
    }

    private Signal activated(Signal x) {
        return x.of(tf.nn.relu(x.x()));
    }

    private Signal normalised(Signal signal) {
        Signal x = ordered(signal, first());
        Operand<TFloat32> y = tf.nn.fusedBatchNorm(
                        x.x(),
                        numbers(1, 0.5, x.channels()),
                        numbers(0.4, -0.5, x.channels()),
                        numbers(0.4, -0.5, x.channels()),
                        numbers(1, 0.5, x.channels()),
                        FusedBatchNorm.isTraining(false),
                        FusedBatchNorm.dataFormat(x.first() ? "NCHW" : "NHWC"))
                .y();
        return x.of(y);
    }

    private Signal scaled(Signal signal) {
        Signal x = ordered(signal, first());
        return x.of(tf.math.add(
                tf.math.mul(x.x(), perChannel(x, numbers(1, 0.5, x.channels()))),
                perChannel(x, numbers(0.4, -0.5, x.channels()))));
    }

    private Operand<TFloat32> perChannel(Signal x, Operand<TFloat32> values) {
        return x.first() ? tf.reshape(values, tf.constant(new int[] {x.channels(), 1, 1})) : values;
    }

    private Signal pooled(Signal signal) {
        boolean maximum = structure.nextBoolean();
        Signal x = ordered(signal, first());
        if (x.height() < 4) {
            return x;
        }
        List<Long> window = x.first() ? List.of(1L, 1L, 2L, 2L) : List.of(1L, 2L, 2L, 1L);
        String format = x.first() ? "NCHW" : "NHWC";
        Operand<TFloat32> y = maximum
                ? MaxPool.create(
                        tf.scope(),
                        x.x(),
                        tf.constant(window.stream().mapToInt(Long::intValue).toArray()),
                        tf.constant(window.stream().mapToInt(Long::intValue).toArray()),
                        "VALID",
                        MaxPool.dataFormat(format))
                : tf.nn.avgPool(x.x(), window, window, "VALID", AvgPool.dataFormat(format));
        return new Signal(y, x.first(), x.height() / 2, x.width() / 2, x.channels());
    }

    /** As converters write padding of a maximum. */
    private Signal maximum(Signal signal) {
        Signal x = ordered(signal, first());
        if (x.height() < 4) {
            return x;
        }
        float low = mixed && orders.nextBoolean() ? Float.NEGATIVE_INFINITY : -Float.MAX_VALUE;
        Signal padded = ordered(x.of(tf.pad(x.x(), around(x, 1), tf.constant(low))), false);
        Operand<TFloat32> y = tf.nn.maxPool(
                padded.x(), tf.constant(new int[] {1, 3, 3, 1}), tf.constant(new int[] {1, 2, 2, 1}), "VALID");
        return ordered(
                new Signal(y, false, (x.height() - 1) / 2 + 1, (x.width() - 1) / 2 + 1, x.channels()), x.first());
    }

    private Operand<org.tensorflow.types.TInt32> around(Signal x, int pad) {
        int[] none = {0, 0};
        int[] both = {pad, pad};
        return tf.constant(x.first() ? new int[][] {none, none, both, both} : new int[][] {none, both, both, none});
    }

    /** Zeros for further channels, as a shortcut without a convolution has. */
    private Signal widened(Signal signal) {
        Signal x = ordered(signal, first());
        int[][] around = new int[4][2];
        around[x.first() ? 1 : 3][1] = 2;
        Operand<TFloat32> y = tf.pad(x.x(), tf.constant(around), tf.constant(0f));
        return new Signal(y, x.first(), x.height(), x.width(), x.channels() + 2);
    }

    private Signal added(Signal left, Signal right) {
        boolean first = first();
        Signal x = ordered(left, first);
        return x.of(tf.math.add(x.x(), ordered(right, first).x()));
    }

    private Signal joined(Signal left, Signal right) {
        boolean first = first();
        Signal x = ordered(left, first);
        Operand<TFloat32> both = tf.concat(
                List.of(x.x(), ordered(right, first).x()), tf.constant(first ? 1 : orders.nextBoolean() ? 3 : -1));
        return new Signal(both, first, x.height(), x.width(), left.channels() + right.channels());
    }

    private Signal gated(Signal signal) {
        Signal x = ordered(signal, first());
        Operand<TFloat32> matrix = numbers(1, -0.5, x.channels(), x.channels());
        Operand<TFloat32> gate = tf.math.sigmoid(tf.linalg.matMul(flatMean(x), matrix));
        int[] shape = x.first() ? new int[] {-1, x.channels(), 1, 1} : new int[] {-1, 1, 1, x.channels()};
        return x.of(tf.math.mul(x.x(), tf.reshape(gate, tf.constant(shape))));
    }

    /** The mean over space, as N × channels, written in one of several ways. */
    private Operand<TFloat32> flatMean(Signal x) {
        Operand<org.tensorflow.types.TInt32> space = tf.constant(x.first() ? new int[] {2, 3} : new int[] {1, 2});
        boolean kept = mixed && orders.nextBoolean();
        Operand<TFloat32> mean = tf.math.mean(x.x(), space, Mean.keepDims(kept));
        if (!kept) {
            return mean;
        }
        Signal point = ordered(new Signal(mean, x.first(), 1, 1, x.channels()), orders.nextBoolean());
        return tf.reshape(point.x(), tf.constant(new int[] {-1, x.channels()}));
    }

    private Operand<TFloat32> head(Signal signal) {
        boolean flat = structure.nextInt(3) == 0;
        boolean probabilities = structure.nextBoolean();
        Signal x = ordered(signal, first());
        Operand<TFloat32> scores;
        if (flat) {
            int size = x.height() * x.width() * x.channels();
            Operand<TFloat32> weights =
                    numbers(1.0 / Math.sqrt(size), -0.5, x.height(), x.width(), x.channels(), CLASSES);
            Operand<TFloat32> moved =
                    x.first() ? tf.linalg.transpose(weights, tf.constant(new int[] {2, 0, 1, 3})) : weights;
            scores = tf.linalg.matMul(
                    tf.reshape(x.x(), tf.constant(new int[] {-1, size})),
                    tf.reshape(moved, tf.constant(new int[] {size, CLASSES})));
        } else {
            scores = tf.linalg.matMul(flatMean(x), numbers(2, -0.5, x.channels(), CLASSES));
        }
        return probabilities ? tf.nn.softmax(scores) : scores;
    }

    private Operand<TFloat32> numbers(double scale, double shift, int... shape) {
        long[] sizes = new long[shape.length];
        int size = 1;
        for (int i = 0; i < shape.length; i++) {
            sizes[i] = shape[i];
            size *= shape[i];
        }
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) (scale * (numbers.nextDouble() + shift));
        }
        return tf.constant(Shape.of(sizes), DataBuffers.of(values));
    }

    private void save(Path folder, Shape images) throws IOException {
        MetaGraphDef.Builder meta = MetaGraphDef.newBuilder().setGraphDef(graph.toGraphDef());
        meta.getMetaInfoDefBuilder().addTags("serve");
        meta.putSignatureDef(
                "serving_default",
                SignatureDef.newBuilder()
                        .putInputs("images", tensor("images:0", images))
                        .putOutputs("scores", tensor("scores:0", Shape.of(-1, CLASSES)))
                        .build());
        Files.createDirectories(folder);
        Files.write(
                folder.resolve("saved_model.pb"),
                SavedModel.newBuilder()
                        .setSavedModelSchemaVersion(1)
                        .addMetaGraphs(meta)
                        .build()
                        .toByteArray());
    }

    private static TensorInfo tensor(String name, Shape shape) {
        TensorShapeProto.Builder sizes = TensorShapeProto.newBuilder();
        for (long size : shape.asArray()) {
            sizes.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
        }
        return TensorInfo.newBuilder()
                .setName(name)
                .setDtype(DataType.DT_FLOAT)
                .setTensorShape(sizes)
                .build();
    }
}
