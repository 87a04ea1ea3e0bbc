package io.hedgerow.compiler.graph;

import static io.hedgerow.compiler.api.OutputKind.LOGIT;
import static io.hedgerow.compiler.api.OutputKind.LOG_PROBABILITY;
import static io.hedgerow.compiler.api.OutputKind.PROBABILITY;
import static io.hedgerow.compiler.api.OutputKind.VALUE;
import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.compiler.api.OutputKind;
import io.hedgerow.engine.TensorFlowRuntime;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.ReduceProd;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;

/** What kind of number a head gives. */
class OutputKindTest {
    private static final int CLASSES = 4;

    /** From a feature map to an output. */
    private interface Top extends BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> {}

    @BeforeAll
    static void startTensorFlow() {
        TensorFlowRuntime.start();
    }

    @Test
    void shouldBeALogitThatWasOnlyAddedUpAndScaledSinceALayerMadeIt() {
        assertThat(kind(OutputKindTest::dense)).isEqualTo(LOGIT);
        assertThat(kind((tf, x) -> tf.math.div(tf.math.add(dense(tf, x), tf.constant(1f)), tf.constant(3f))))
                .isEqualTo(LOGIT);
        assertThat(kind((tf, x) -> tf.math.maximum(tf.constant(0f), dense(tf, x))))
                .isEqualTo(VALUE);
        assertThat(kind(OutputKindTest::mean)).isEqualTo(LOGIT);
        assertThat(kind((tf, x) -> tf.math.mul(
                        tf.math.log(
                                tf.sum(tf.math.exp(tf.math.mul(x, tf.constant(5f))), tf.constant(new int[] {1, 2}))),
                        tf.constant(0.2f))))
                .isEqualTo(LOGIT);
    }

    @Test
    void shouldTellOfSumsThatHaveMoreWaysThroughThemThanNodes() {
        assertThat(kind((tf, x) -> {
                    Operand<TFloat32> sum = dense(tf, x);
                    for (int i = 0; i < 60; i++) {
                        sum = tf.math.add(sum, sum);
                    }
                    return sum;
                }))
                .isEqualTo(LOGIT);
    }

    @Test
    void shouldBeAProbabilityOfASoftmaxOrSigmoid() {
        assertThat(kind((tf, x) -> tf.nn.softmax(dense(tf, x)))).isEqualTo(PROBABILITY);
        assertThat(kind((tf, x) -> tf.math.sigmoid(dense(tf, x)))).isEqualTo(PROBABILITY);
        assertThat(kind((tf, x) -> tf.nn.logSoftmax(dense(tf, x)))).isEqualTo(LOG_PROBABILITY);
    }

    @Test
    void shouldBeNoLogitThatIsMadeOfProbabilitiesOrShares() {
        // of an evidential head: shares of what speaks for each class
        assertThat(kind((tf, x) -> {
                    Operand<TFloat32> evidence = tf.math.add(tf.math.softplus(dense(tf, x)), tf.constant(1f));
                    return tf.math.div(evidence, tf.reduceSum(evidence, tf.constant(1), ReduceSum.keepDims(true)));
                }))
                .isEqualTo(VALUE);
        // of a noisy or: that it is somewhere
        assertThat(kind((tf, x) -> tf.math.sub(
                        tf.constant(1f),
                        tf.reduceProd(
                                tf.math.sub(tf.constant(1f), tf.math.sigmoid(x)),
                                tf.constant(new int[] {1, 2}),
                                new ReduceProd.Options[0]))))
                .isEqualTo(VALUE);
        // of a tree of classes: of the first branch, and of the second one's two
        assertThat(kind((tf, x) -> {
                    Operand<TFloat32> first = tf.nn.softmax(part(tf, dense(tf, x), 0, 2));
                    Operand<TFloat32> second = tf.nn.softmax(part(tf, dense(tf, x), 2, 2));
                    return tf.concat(
                            List.of(part(tf, first, 0, 1), tf.math.mul(part(tf, first, 1, 1), second)), tf.constant(1));
                }))
                .isEqualTo(VALUE);
        assertThat(kind((tf, x) -> mean(tf, tf.math.sigmoid(x)))).isEqualTo(VALUE);
    }

    private static Operand<TFloat32> part(Ops tf, Operand<TFloat32> x, int begin, int size) {
        return tf.slice(x, tf.constant(new int[] {0, begin}), tf.constant(new int[] {-1, size}));
    }

    private static Operand<TFloat32> mean(Ops tf, Operand<TFloat32> features) {
        return tf.math.mean(features, tf.constant(new int[] {1, 2}));
    }

    private static Operand<TFloat32> dense(Ops tf, Operand<TFloat32> features) {
        return tf.linalg.matMul(mean(tf, features), tf.constant(new float[CLASSES][CLASSES]));
    }

    private static OutputKind kind(Top head) {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Operand<TFloat32> image =
                    tf.withName("image").placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 8, 8, 3)));
            Operand<TFloat32> features =
                    tf.nn.conv2d(image, tf.constant(new float[3][3][3][CLASSES]), List.of(1L, 1L, 1L, 1L), "VALID");
            tf.withName("scores").identity(head.apply(tf, features));
            Network network = new Network(graph.toGraphDef(), "image");
            return new HeadFinder(network, Map.of())
                    .find(new TensorRef("scores", 0), null)
                    .kind();
        }
    }
}
