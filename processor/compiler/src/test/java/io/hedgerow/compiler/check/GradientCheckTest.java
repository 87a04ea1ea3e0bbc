package io.hedgerow.compiler.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.graph.Weights;
import io.hedgerow.compiler.method.NodeNames;
import io.hedgerow.engine.TensorFlowRuntime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.types.TFloat32;

class GradientCheckTest {
    @BeforeAll
    static void startTensorFlow() {
        TensorFlowRuntime.start();
    }

    @Test
    void shouldStayWhereARootIsDefined() {
        assertThat(rootsOf(1, 5e-3f)).isBetween(0.0, 1e-2);
    }

    @Test
    void shouldStepWithinTheDomainWhereARootEndsRightBeside() {
        assertThat(rootsOf(1, 1e-18f)).isBetween(0.0, 1e-2);
    }

    @Test
    void shouldNoticeAWrongGradientRightBesideTheEndOfARoot() {
        assertThatThrownBy(() -> rootsOf(1, 1e-18f, 0.4f)).isInstanceOf(ModelRefusedException.class);
    }

    @Test
    void shouldNotPassWhereNoStepHasAFiniteScore() {
        assertThatThrownBy(() -> rootsOf(1, -1e-3f)).isInstanceOf(ModelRefusedException.class);
    }

    private static double rootsOf(float first, float second) {
        return rootsOf(first, second, 0.5f);
    }

    /**
     * What is found for a score that is the sum of the roots of the reference layer's entries.
     *
     * @param half of each root's reciprocal, the gradient says
     */
    private static double rootsOf(float first, float second, float half) {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            float[] activation = {first, second};
            Operand<TFloat32> features =
                    tf.withName(NodeNames.reference(0)).constant(Shape.of(1, 1, 1, 2), DataBuffers.of(activation));
            Operand<TFloat32> roots = tf.math.sqrt(features);
            tf.withName(NodeNames.EXPLAINED).reduceSum(roots, tf.constant(new int[] {1, 2, 3}));
            tf.withName(NodeNames.gradient(0)).math.div(tf.constant(half), roots);
            try (Floats floats = new Floats(graph, Weights.of(GraphDef.getDefaultInstance()))) {
                Set<String> tensors = Set.of(NodeNames.EXPLAINED, NodeNames.gradient(0), NodeNames.reference(0));
                FirstRun run = new FirstRun(floats, Map.of(), floats.run(Map.of(), tensors), List.of(), List.of());
                GradientCheck.Layer layer = GradientCheck.Layer.of(
                        NodeNames.reference(0), NodeNames.reference(0), NodeNames.gradient(0), 0, run);
                return new GradientCheck(run, 5e-2, "there").run(List.of(layer));
            }
        }
    }
}
