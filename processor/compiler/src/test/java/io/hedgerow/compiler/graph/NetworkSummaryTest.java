package io.hedgerow.compiler.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.engine.TensorFlowRuntime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

class NetworkSummaryTest {
    private static final List<Long> STRIDES = List.of(1L, 1L, 1L, 1L);

    @BeforeAll
    static void startTensorFlow() {
        TensorFlowRuntime.start();
    }

    @Test
    void shouldNameConvolutionsThatTheScoresDependOnPastTheReferenceLayer() {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Operand<TFloat32> image = image(tf);
            Operand<TFloat32> one = scores(tf, convolution(tf, "second", convolution(tf, "first", image)));
            Operand<TFloat32> other = scores(tf, convolution(tf, "other", image));
            tf.withName("scores").math.mul(one, tf.math.sigmoid(other));
            assertThat(unexplained(graph))
                    .containsExactly("1 convolutions from 'other' on, which lead past the reference layer");
        }
    }

    @Test
    void shouldNameNoneWhereAllLeadThroughTheReferenceLayer() {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Operand<TFloat32> stem = convolution(tf, "stem", image(tf));
            Operand<TFloat32> sum = tf.math.add(convolution(tf, "branch", stem), stem);
            Operand<TFloat32> pooled =
                    tf.math.mean(sum, tf.constant(new int[] {1, 2}), org.tensorflow.op.math.Mean.keepDims(true));
            Operand<TFloat32> kernel = tf.constant(new float[1][1][4][4]);
            Operand<TFloat32> head = tf.withName("head").nn.conv2d(pooled, kernel, STRIDES, "VALID");
            tf.withName("scores").reshape(head, tf.constant(new int[] {-1, 4}));
            assertThat(unexplained(graph)).isEmpty();
        }
    }

    private static List<String> unexplained(Graph graph) {
        Network network = new Network(graph.toGraphDef(), "image");
        Head head = new HeadFinder(network, Map.of()).find(TensorRef.parse("scores"), null);
        return new NetworkSummary(network).unexplained(head);
    }

    private static Operand<TFloat32> image(Ops tf) {
        return tf.withName("image").placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 8, 8, 4)));
    }

    private static Operand<TFloat32> convolution(Ops tf, String name, Operand<TFloat32> x) {
        return tf.withName(name).nn.conv2d(x, tf.constant(new float[3][3][4][4]), STRIDES, "SAME");
    }

    private static Operand<TFloat32> scores(Ops tf, Operand<TFloat32> features) {
        Operand<TFloat32> pooled = tf.math.mean(features, tf.constant(new int[] {1, 2}));
        return tf.linalg.matMul(pooled, tf.constant(new float[4][5]));
    }
}
