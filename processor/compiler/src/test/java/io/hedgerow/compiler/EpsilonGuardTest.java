package io.hedgerow.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hedgerow.engine.TensorFlowRuntime;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.math.Mean;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.types.TFloat32;

class EpsilonGuardTest {
    private static final float EPSILON = 1e-6f;
    private static final float[] ROW = {0.01f, 0.02f, 0.03f, 0.06f};
    private static final float[] NORMALISED = {-1.06900f, -0.53450f, 0, 1.60350f};

    @BeforeAll
    static void startTensorFlow() {
        TensorFlowRuntime.start();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldNormaliseWithTheModelsOwnEpsilonWhateverTheOptimiserMakesOfIt(boolean isEpsilonFirst) {
        float[] result = run(EpsilonGuard.of(layerNormalisation(isEpsilonFirst)));
        for (int i = 0; i < ROW.length; i++) {
            assertThat(result[i]).isCloseTo(NORMALISED[i], within(1e-2f));
        }
    }

    @Test
    void shouldLeaveNoSumOfAConstantUnderARoot() {
        GraphDef guarded = EpsilonGuard.of(layerNormalisation(false));
        assertThat(guarded.getNodeList())
                .filteredOn(node -> node.getName().equals("epsilon_sum"))
                .singleElement()
                .satisfies(node -> assertThat(node.getOp()).isEqualTo("Sub"));
    }

    @Test
    void shouldLeaveOtherSumsAlone() {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            tf.math.sqrt(tf.math.add(tf.placeholder(TFloat32.class), tf.constant(EPSILON)));
            assertThat(EpsilonGuard.of(graph.toGraphDef())).isEqualTo(graph.toGraphDef());
        }
    }

    /** As Keras writes it for two dimensions. */
    private static GraphDef layerNormalisation(boolean isEpsilonFirst) {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Operand<TFloat32> x =
                    tf.withName("x").placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, ROW.length)));
            Operand<TFloat32> mean = tf.math.mean(x, tf.constant(new int[] {1}), Mean.keepDims(true));
            Operand<TFloat32> variance =
                    tf.math.mean(tf.math.squaredDifference(x, mean), tf.constant(new int[] {1}), Mean.keepDims(true));
            Operand<TFloat32> epsilon = tf.constant(EPSILON);
            Ops named = tf.withName("epsilon_sum");
            Operand<TFloat32> sum =
                    isEpsilonFirst ? named.math.add(epsilon, variance) : named.math.add(variance, epsilon);
            Operand<TFloat32> scale = tf.math.mul(tf.math.rsqrt(sum), tf.constant(new float[] {1, 1, 1, 1}));
            Operand<TFloat32> shift = tf.math.sub(tf.constant(new float[] {0, 0, 0, 0}), tf.math.mul(mean, scale));
            tf.withName("y").math.add(tf.math.mul(x, scale), shift);
            GraphDef.Builder definition = graph.toGraphDef().toBuilder();
            // Keras writes the newer of two operations that are alike, which is the one that is looked for
            definition.getNodeBuilderList().stream()
                    .filter(node -> node.getOp().equals("Add"))
                    .forEach(node -> node.setOp("AddV2"));
            return definition.build();
        }
    }

    private static float[] run(GraphDef definition) {
        try (Graph graph = new Graph()) {
            graph.importGraphDef(definition);
            Output<?> result = graph.outputOrThrow("y:0");
            try (Session session = new Session(graph);
                    TFloat32 x = TFloat32.tensorOf(Shape.of(1, ROW.length), t -> t.scalars()
                            .forEachIndexed((i, s) -> s.setFloat(ROW[(int) i[1]])));
                    TFloat32 y = (TFloat32)
                            session.runner().feed("x", x).fetch(result).run().get(0)) {
                float[] values = new float[ROW.length];
                y.scalars().forEachIndexed((i, s) -> values[(int) i[1]] = s.getFloat());
                return values;
            }
        }
    }
}
