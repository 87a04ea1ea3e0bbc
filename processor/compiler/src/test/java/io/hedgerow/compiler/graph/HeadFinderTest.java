package io.hedgerow.compiler.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.engine.TensorFlowRuntime;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;

class HeadFinderTest {
    private static final List<Long> ONES = List.of(1L, 1L, 1L, 1L);

    @BeforeAll
    static void startTensorFlow() {
        TensorFlowRuntime.start();
    }

    @Test
    void shouldFindTheFeaturesWhereSpaceIsCollapsedInSteps() {
        assertThat(reference((tf, features) -> tf.math.mean(tf.math.mean(features, tf.constant(1)), tf.constant(1))))
                .isEqualTo("features");
        assertThat(reference((tf, features) -> {
                    Operand<TFloat32> columns = tf.math.mean(features, tf.constant(1), Mean.keepDims(true));
                    Operand<TFloat32> point = tf.math.mean(columns, tf.constant(2), Mean.keepDims(true));
                    return tf.reshape(point, tf.constant(new int[] {-1, 4}));
                }))
                .isEqualTo("features");
        assertThat(reference((tf, features) -> {
                    Operand<TFloat32> positions = tf.reshape(features, tf.constant(new int[] {-1, 36, 4}));
                    return tf.math.mean(positions, tf.constant(1));
                }))
                .isEqualTo("features");
    }

    @Test
    void shouldNotTakeAttentionForTheFeaturesThatItWeighs() {
        assertThat(reference((tf, features) -> {
                    Operand<TFloat32> kernel = tf.constant(new float[1][1][4][1]);
                    Operand<TFloat32> logits = tf.nn.conv2d(features, kernel, List.of(1L, 1L, 1L, 1L), "VALID");
                    Operand<TFloat32> shares = tf.nn.softmax(tf.reshape(logits, tf.constant(new int[] {-1, 36})));
                    Operand<TFloat32> weights = tf.reshape(shares, tf.constant(new int[] {-1, 36, 1}));
                    Operand<TFloat32> positions = tf.reshape(features, tf.constant(new int[] {-1, 36, 4}));
                    return tf.reduceSum(tf.math.mul(weights, positions), tf.constant(1));
                }))
                .isEqualTo("features");
    }

    @Test
    void shouldFindTheFeaturesBelowAGeneralisedMean() {
        assertThat(reference((tf, features) ->
                        root(tf, space(tf, cubed(tf, tf.math.maximum(features, tf.constant(1e-6f)))))))
                .isEqualTo("features");
        assertThat(reference((tf, features) -> root(
                        tf,
                        tf.nn.avgPool(
                                cubed(tf, tf.clipByValue(features, tf.constant(1e-6f), tf.constant(1e4f))),
                                List.of(1L, 6L, 6L, 1L),
                                List.of(1L, 1L, 1L, 1L),
                                "VALID"))))
                .isEqualTo("features");
        assertThat(reference((tf, features) -> tf.math.sqrt(space(tf, tf.math.square(features)))))
                .isEqualTo("features");
        assertThat(reference(
                        (tf, features) -> tf.math.log(space(tf, tf.math.exp(tf.math.mul(features, tf.constant(5f)))))))
                .isEqualTo("features");
    }

    @Test
    void shouldTakeAPowerForAnActivationWhereNoRootComesAfter() {
        assertThat(reference(
                        (tf, features) -> space(tf, tf.withName("squared").math.square(features))))
                .isEqualTo("squared");
    }

    @Test
    void shouldFindTheFeaturesOfEachNetworkThatReachesTheScores() {
        assertThat(reference((tf, features) -> tf.math.add(space(tf, features), space(tf, deeper(tf, features)))))
                .isEqualTo("deeper, features");
        assertThat(reference((tf, features) -> space(
                        tf,
                        tf.math.add(
                                features, tf.withName("other").nn.conv2d(images(tf), kernel(tf, 3), ONES, "VALID")))))
                .isEqualTo("features, other");
    }

    @Test
    void shouldTakeNeitherGatesNorSideInputsForNetworks() {
        assertThat(reference((tf, features) ->
                        tf.math.mul(space(tf, features), tf.math.sigmoid(space(tf, deeper(tf, features))))))
                .isEqualTo("features");
        assertThat(reference((tf, features) ->
                        tf.math.add(space(tf, features), tf.stopGradient(space(tf, deeper(tf, features))))))
                .isEqualTo("features");
        assertThat(reference((tf, features) ->
                        tf.concat(List.of(space(tf, features), space(tf, images(tf))), tf.constant(1))))
                .isEqualTo("features");
    }

    private static Operand<TFloat32> deeper(Ops tf, Operand<TFloat32> features) {
        return tf.withName("deeper").nn.conv2d(features, kernel(tf, 4), ONES, "SAME");
    }

    private static Operand<TFloat32> kernel(Ops tf, int channels) {
        return tf.constant(new float[3][3][channels][4]);
    }

    @SuppressWarnings("unchecked")
    private static Operand<TFloat32> images(Ops tf) {
        return (Operand<TFloat32>) ((Graph) tf.scope().env()).outputOrThrow("image:0");
    }

    private static Operand<TFloat32> space(Ops tf, Operand<TFloat32> features) {
        return tf.math.mean(features, tf.constant(new int[] {1, 2}));
    }

    private static Operand<TFloat32> cubed(Ops tf, Operand<TFloat32> x) {
        return tf.math.pow(x, tf.constant(3f));
    }

    private static Operand<TFloat32> root(Ops tf, Operand<TFloat32> x) {
        return tf.math.pow(x, tf.constant(1 / 3f));
    }

    private static String reference(BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> head) {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Operand<TFloat32> image =
                    tf.withName("image").placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 8, 8, 3)));
            Operand<TFloat32> kernel = tf.constant(new float[3][3][3][4]);
            Operand<TFloat32> features =
                    tf.withName("features").nn.conv2d(image, kernel, List.of(1L, 1L, 1L, 1L), "VALID");
            tf.withName("scores").identity(head.apply(tf, features));
            Network network = new Network(graph.toGraphDef(), "image");
            return new HeadFinder(network, Map.of())
                    .find(new TensorRef("scores", 0), null).features().stream()
                            .map(TensorRef::toString)
                            .collect(Collectors.joining(", "));
        }
    }
}
