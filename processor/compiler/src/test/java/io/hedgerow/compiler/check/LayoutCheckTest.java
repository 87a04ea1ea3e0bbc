package io.hedgerow.compiler.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.frontend.FrozenModel;
import io.hedgerow.compiler.graph.Axis;
import io.hedgerow.compiler.graph.Layout;
import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.graph.Weights;
import io.hedgerow.engine.TensorFlowRuntime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.types.TFloat32;

class LayoutCheckTest {
    private static final int SIZE = 32;
    private static final int[] TO_FIRST = {0, 3, 1, 2};
    private static final int[] TO_LAST = {0, 2, 3, 1};

    /** An order of the picture's axes, or of those of the tensor that is looked at. */
    private enum Order {
        LAST(new Layout(List.of(Axis.BATCH, Axis.HEIGHT, Axis.WIDTH, Axis.CHANNEL))),
        FIRST(new Layout(List.of(Axis.BATCH, Axis.CHANNEL, Axis.HEIGHT, Axis.WIDTH)));

        private final Layout layout;

        Order(Layout layout) {
            this.layout = layout;
        }

        private Order other() {
            return this == LAST ? FIRST : LAST;
        }
    }

    @BeforeAll
    static void startTensorFlow() {
        TensorFlowRuntime.start();
    }

    @ParameterizedTest
    @EnumSource
    void shouldConfirmTheOrderOfFeaturesThatAPatchMoves(Order order) {
        for (Order picture : Order.values()) {
            assertThat(check(picture, order, order.layout, 2)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseTheOrderThatFitsClearlyWorse(Order order) {
        for (Order picture : Order.values()) {
            assertThatThrownBy(() -> check(picture, order, order.other().layout, 2))
                    .isInstanceOf(ModelRefusedException.class)
                    .hasMessageContaining("the self-check failed")
                    .hasMessageContaining("features")
                    .hasMessageContaining(order == Order.FIRST ? "didn't come last" : "didn't come first");
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 32, 16", "0, 16, 32, 16", "0, 0, 16, 32", "16, 0, 16, 32", "8, 8, 16, 16"})
    void shouldConfirmTheOrderWhereOnlyAPartOfThePictureIsSeen(int top, int left, int height, int width) {
        for (Order order : Order.values()) {
            assertThat(check(Order.LAST, order, order.layout, 2, top, left, height, width))
                    .isEmpty();
        }
    }

    @Test
    void shouldWarnWhereThereAreTooFewPositionsToTell() {
        for (Order order : Order.values()) {
            assertThat(check(order, order, order.layout, SIZE))
                    .get(InstanceOfAssertFactories.STRING)
                    .contains("features", "could not be confirmed");
        }
    }

    /**
     * @param stride of the last of two convolutions
     */
    private static Optional<String> check(Order picture, Order features, Layout layout, int stride) {
        return check(picture, features, layout, stride, 0, 0, SIZE, SIZE);
    }

    private static Optional<String> check(
            Order picture, Order features, Layout layout, int stride, int top, int left, int height, int width) {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Shape shape = picture == Order.LAST ? Shape.of(-1, SIZE, SIZE, 3) : Shape.of(-1, 3, SIZE, SIZE);
            Operand<TFloat32> x = tf.withName("image").placeholder(TFloat32.class, Placeholder.shape(shape));
            if (picture == Order.FIRST) {
                x = tf.linalg.transpose(x, tf.constant(TO_LAST));
            }
            x = tf.slice(x, tf.constant(new int[] {0, top, left, 0}), tf.constant(new int[] {-1, height, width, -1}));
            x = convolved(tf, convolved(tf, x, 3, 1), 16, stride);
            if (features == Order.FIRST) {
                x = tf.linalg.transpose(x, tf.constant(TO_FIRST));
            }
            tf.withName("features").identity(x);
            RandomImages random = new RandomImages(model(graph.toGraphDef(), shape), network(graph.toGraphDef()), 2);
            Map<TensorRef, Layout> layouts = Map.of(new TensorRef("features", 0), layout);
            try (Forward forward = new Forward(
                    graph, Weights.of(GraphDef.getDefaultInstance()), "image", Set.of(), layouts.keySet())) {
                return LayoutCheck.run(forward, random, layouts, layouts.keySet());
            }
        }
    }

    private static Operand<TFloat32> convolved(Ops tf, Operand<TFloat32> x, int inputs, long stride) {
        SplittableRandom random = new SplittableRandom(inputs);
        float[] weights = new float[3 * 3 * inputs * 16];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) random.nextDouble() - 0.5f;
        }
        Operand<TFloat32> kernel = tf.constant(Shape.of(3, 3, inputs, 16), DataBuffers.of(weights));
        return tf.nn.relu(tf.nn.conv2d(x, kernel, List.of(1L, stride, stride, 1L), "SAME"));
    }

    private static Network network(GraphDef graph) {
        return new Network(graph, "image");
    }

    private static FrozenModel model(GraphDef graph, Shape shape) {
        return new FrozenModel(
                graph,
                graph,
                "features:0",
                "image",
                DataType.DT_FLOAT,
                shape,
                "image",
                "features:0",
                Shape.unknown(),
                "features",
                "serving_default",
                Map.of(),
                "",
                List.of(),
                List.of());
    }
}
