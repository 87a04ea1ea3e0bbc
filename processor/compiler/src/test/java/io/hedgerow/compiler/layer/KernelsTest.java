package io.hedgerow.compiler.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.compiler.hedging.Values;
import io.hedgerow.engine.TensorFlowRuntime;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;

class KernelsTest {

    @BeforeAll
    static void start() {
        TensorFlowRuntime.start();
    }

    @Test
    void shouldTakeWeightsInWholeLevelsOfEachOutputChannel() {
        float[] kernel = {-2, 0, 1, 0, 0.5f, 0, 0.015f, 0};

        assertThat(levels(Shape.of(1, 1, 4, 2), kernel)).containsExactly(127, 0, 64, 0, 32, 0, 1, 0);
    }

    @Test
    void shouldTakeNothingButZeroForZero() {
        float[] kernel = {1e30f, Float.MIN_NORMAL, 0, -1e-30f};

        assertThat(levels(Shape.of(1, 1, 4, 1), kernel)).containsExactly(127, 1, 0, 1);
    }

    private static float[] levels(Shape shape, float... kernel) {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            return Values.of(graph, Kernels.levels(tf, tf.constant(shape, DataBuffers.of(kernel))));
        }
    }
}
