package io.hedgerow.compiler.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hedgerow.compiler.ModelRefusedException;
import io.hedgerow.compiler.rules.ExplanationGraph;
import io.hedgerow.engine.TensorFlowRuntime;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
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
    void shouldNotPassWhereNoStepHasAFiniteScore() {
        assertThatThrownBy(() -> rootsOf(1, 1e-8f)).isInstanceOf(ModelRefusedException.class);
    }

    /** What is found for a score that is the sum of the roots of the reference layer's entries. */
    private static double rootsOf(float first, float second) {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Operand<TFloat32> features = tf.withName(ExplanationGraph.REFERENCE).placeholder(TFloat32.class);
            Operand<TFloat32> roots = tf.math.sqrt(features);
            tf.withName(ExplanationGraph.EXPLAINED).reduceSum(roots, tf.constant(new int[] {1, 2, 3}));
            tf.withName(ExplanationGraph.GRADIENT).math.div(tf.constant(0.5f), roots);
            float[] scores = {(float) (Math.sqrt(first) + Math.sqrt(second))};
            float[] gradient = {(float) (0.5 / Math.sqrt(first)), (float) (0.5 / Math.sqrt(second))};
            try (Floats floats = new Floats(graph)) {
                return new GradientCheck(floats, Map.of(), scores, new float[] {first, second}, gradient)
                        .run(Shape.of(1, 1, 1, 2));
            }
        }
    }
}
