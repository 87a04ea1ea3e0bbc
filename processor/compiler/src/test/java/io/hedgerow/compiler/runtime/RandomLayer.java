package io.hedgerow.compiler.runtime;

import io.hedgerow.attribution.MapTransform;
import io.hedgerow.engine.TensorFlowRuntime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.types.TFloat32;

/**
 * A classifier around one random convolution whose map is the relevance that this convolution sends to its input: before
 * it is only an input layer of one pixel, which hands on what it gets. Each of the convolution's input channels is the
 * image less {@value #THRESHOLD}, with an activation or without one.
 */
final class RandomLayer {
    static final float THRESHOLD = 0.5f;
    static final int CHANNELS = 4;
    static final int CLASSES = 3;
    private static final float OFFSET = 0.25f;
    private static final float SLOPE = 0.5f;

    final int height;
    final int width;
    final int rows;
    final int columns;
    final int stride;
    final boolean same;
    final int outputs;
    /** Whether the convolution's output is normalised before it is activated. */
    final boolean normalised;

    /** Whether no activation comes before the convolution. */
    private final boolean linear;

    private final boolean rectified;
    private final int groups;
    private final boolean depthwise;
    private final float[] kernel;
    private final float[] weights;

    RandomLayer(Random random) {
        this(random, false);
    }

    RandomLayer(Random random, boolean normalised) {
        this.normalised = normalised;
        height = 4 + random.nextInt(5);
        width = 4 + random.nextInt(5);
        rows = 1 + random.nextInt(3);
        columns = 1 + random.nextInt(4);
        stride = 1 + random.nextInt(2);
        same = random.nextBoolean();
        depthwise = random.nextInt(3) == 0;
        groups = depthwise ? CHANNELS : 1 << random.nextInt(3);
        outputs = CHANNELS * (1 + random.nextInt(2));
        kernel = new float[rows * columns * CHANNELS * outputs / groups];
        boolean sparse = random.nextInt(3) == 0;
        rectified = normalised && random.nextBoolean();
        linear = !rectified && random.nextBoolean();
        // small integers, whose products often cancel
        boolean written = normalised && random.nextBoolean();
        for (int i = 0; i < kernel.length; i++) {
            float weight = written ? random.nextInt(5) - 2 : (float) random.nextGaussian();
            kernel[i] = sparse && random.nextInt(3) > 0 ? 0 : weight;
        }
        weights = new float[outputs * CLASSES];
        int signs = random.nextInt(4);
        for (int i = 0; i < weights.length; i++) {
            float weight = (float) random.nextGaussian();
            weights[i] = signs == 0 ? Math.abs(weight) : signs == 1 ? -Math.abs(weight) : weight;
        }
    }

    int inputsOfGroup() {
        return CHANNELS / groups;
    }

    /** The kernel's entry for an output's channel and one of the inputs of its group. */
    float kernel(int row, int column, int input, int output) {
        int position = row * columns + column;
        return depthwise
                ? kernel[position * outputs + output]
                : kernel[(position * inputsOfGroup() + input) * outputs + output];
    }

    /** What the convolution takes in where the image has this value. */
    double input(double pixel) {
        double shifted = pixel - THRESHOLD;
        return linear ? shifted : shifted > 0 ? shifted : rectified ? 0 : SLOPE * shifted;
    }

    /** Whether an entry of the convolution's input counts as active: above 0, and without an activation all that isn't 0. */
    boolean isActive(double pixel) {
        return linear ? input(pixel) != 0 : input(pixel) > 0;
    }

    /** What becomes of the convolution's output: its activation. */
    double activation(double output) {
        return Math.max(normalised ? output + OFFSET : output, 0);
    }

    float weight(int output, int label) {
        return weights[output * CLASSES + label];
    }

    /** The image, and a second channel that is lower everywhere: no pixel has the image's smallest value. */
    ImageTensor tensor(float[] image) {
        ByteBuffer data = ByteBuffer.allocate(spec().bytes()).order(ByteOrder.nativeOrder());
        for (float value : image) {
            data.putFloat(value).putFloat(0);
        }
        return new ImageTensor(data.flip(), spec(), MapTransform.IDENTITY);
    }

    TensorSpec spec() {
        return new TensorSpec(height, width, 2, ElementType.FLOAT32);
    }

    Path write(Path folder) throws IOException {
        TensorFlowRuntime.start();
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Operand<TFloat32> images = tf.withName("images")
                    .placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, height, width, 2)));
            float[] first = new float[2 * CHANNELS];
            Arrays.fill(first, 0, CHANNELS, 1);
            List<Long> ones = List.of(1L, 1L, 1L, 1L);
            List<Long> strides = List.of(1L, (long) stride, (long) stride, 1L);
            String padding = same ? "SAME" : "VALID";
            Operand<TFloat32> shifted = tf.math.sub(
                    tf.nn.conv2d(images, constant(tf, first, 1, 1, 2, CHANNELS), ones, "VALID"),
                    tf.constant(THRESHOLD));
            Operand<TFloat32> x = linear
                    ? shifted
                    : rectified ? tf.nn.relu(shifted) : tf.nn.leakyRelu(shifted, LeakyRelu.alpha(SLOPE));
            Operand<TFloat32> y = depthwise
                    ? tf.nn.depthwiseConv2dNative(
                            x, constant(tf, kernel, rows, columns, CHANNELS, outputs / CHANNELS), strides, padding)
                    : tf.nn.conv2d(x, constant(tf, kernel, rows, columns, inputsOfGroup(), outputs), strides, padding);
            Operand<TFloat32> features = tf.math.mean(
                    tf.nn.relu(normalised ? shiftedByNormalisation(tf, y) : y), tf.constant(new int[] {1, 2}));
            tf.withName("scores").linalg.matMul(features, constant(tf, weights, outputs, CLASSES));
            return GraphFolder.write(
                    folder,
                    graph.toGraphDef(),
                    GraphFolder.floats(-1, height, width, 2),
                    "scores",
                    GraphFolder.floats(-1, CLASSES));
        }
    }

    private Operand<TFloat32> shiftedByNormalisation(Ops tf, Operand<TFloat32> y) {
        float[] zeros = new float[outputs];
        float[] ones = zeros.clone();
        float[] offsets = zeros.clone();
        Arrays.fill(ones, 1);
        Arrays.fill(offsets, OFFSET);
        return tf.nn.fusedBatchNorm(
                        y,
                        constant(tf, ones, outputs),
                        constant(tf, offsets, outputs),
                        constant(tf, zeros, outputs),
                        constant(tf, ones, outputs),
                        FusedBatchNorm.isTraining(false),
                        FusedBatchNorm.epsilon(0f))
                .y();
    }

    private static Operand<TFloat32> constant(Ops tf, float[] values, long... shape) {
        return tf.constant(Shape.of(shape), DataBuffers.of(values));
    }
}
