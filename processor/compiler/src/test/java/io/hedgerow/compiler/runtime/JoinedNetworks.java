package io.hedgerow.compiler.runtime;

import io.hedgerow.engine.TensorFlowRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.types.TFloat32;

/**
 * Classifiers of grey pictures that are made of several networks of random weights: two of three convolutions, one of two, of
 * different widths and strides. Each ends with the mean of its features and a dense layer.
 */
final class JoinedNetworks {
    static final int SIZE = 12;
    static final int CLASSES = 3;
    static final TensorSpec SPEC = new TensorSpec(SIZE, SIZE, 1, ElementType.FLOAT32);
    private static final int[][] WIDTHS = {{5, 6, 7}, {4, 6}, {6, 5, 8}};
    private static final long[] STRIDES = {1, 2, 1};

    private final GraphDef graph;
    private final int members;

    private JoinedNetworks(GraphDef graph, int members) {
        this.graph = graph;
        this.members = members;
    }

    /** What is made of the features that each network ends with: N × K each. */
    interface Join {
        Operand<TFloat32> of(Ops tf, List<Operand<TFloat32>> pooled, JoinedNetworks.Dense dense);
    }

    /** The dense layer of one of the networks. */
    interface Dense {
        Operand<TFloat32> of(int member, Operand<TFloat32> pooled);
    }

    /**
     * Some networks and what joins them.
     *
     * @param gain of the dense layers
     * @param which of the networks there are
     */
    static JoinedNetworks of(long seed, float gain, List<Integer> which, Join join) {
        TensorFlowRuntime.start();
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Operand<TFloat32> images =
                    tf.withName("images").placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, SIZE, SIZE, 1)));
            List<Operand<TFloat32>> pooled = new ArrayList<>();
            for (int member : which) {
                Random random = new Random(seed + member);
                Operand<TFloat32> x = images;
                long channels = 1;
                for (int width : WIDTHS[member]) {
                    long stride = channels == 1 ? STRIDES[member] : 1;
                    Operand<TFloat32> kernel = random(tf, random, 0.4f, 3, 3, channels, width);
                    x = tf.nn.relu(tf.nn.conv2d(x, kernel, List.of(1L, stride, stride, 1L), "SAME"));
                    channels = width;
                }
                Operand<TFloat32> features =
                        tf.withName(features(pooled.size())).identity(x);
                pooled.add(tf.math.mean(features, tf.constant(new int[] {1, 2})));
            }
            Dense dense = (member, features) -> tf.linalg.matMul(
                    features, random(tf, new Random(100 * seed + member), gain, channels(member), CLASSES));
            tf.withName("output").identity(join.of(tf, pooled, dense));
            return new JoinedNetworks(graph.toGraphDef(), which.size());
        }
    }

    static String features(int index) {
        return "features_" + index;
    }

    /** One of the networks by itself: its logits. */
    static JoinedNetworks alone(long seed, float gain, int member) {
        return of(seed, gain, List.of(member), (tf, pooled, dense) -> dense.of(member, pooled.get(0)));
    }

    /** A dense layer's weight, for a feature and a class. */
    static double weight(long seed, float gain, int member, int feature, int label) {
        Random random = new Random(100 * seed + member);
        double weight = 0;
        for (int i = 0; i <= feature * CLASSES + label; i++) {
            weight = gain * random.nextGaussian();
        }
        return weight;
    }

    /** How many features a network ends with. */
    static int channels(int member) {
        return WIDTHS[member][WIDTHS[member].length - 1];
    }

    int members() {
        return members;
    }

    /** The values of a tensor for one picture. */
    float[] values(String tensor, float[] picture) {
        try (Graph loaded = new Graph()) {
            loaded.importGraphDef(graph);
            try (Session session = new Session(loaded);
                    Tensor image = TFloat32.tensorOf(Shape.of(1, SIZE, SIZE, 1), DataBuffers.of(picture));
                    TFloat32 found = (TFloat32) session.runner()
                            .feed("images", image)
                            .fetch(tensor)
                            .run()
                            .get(0)) {
                float[] values = new float[(int) found.size()];
                found.copyTo(DataBuffers.of(values));
                return values;
            }
        }
    }

    Path write(Path folder) throws IOException {
        return GraphFolder.write(
                folder, graph, GraphFolder.floats(-1, SIZE, SIZE, 1), "output", GraphFolder.floats(-1, CLASSES));
    }

    private static Operand<TFloat32> random(Ops tf, Random random, float gain, long... shape) {
        float[] values = new float[(int) Shape.of(shape).size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (gain * random.nextGaussian());
        }
        return tf.constant(Shape.of(shape), DataBuffers.of(values));
    }
}
