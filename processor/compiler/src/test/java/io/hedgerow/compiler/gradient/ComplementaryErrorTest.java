package io.hedgerow.compiler.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.compiler.Compiler;
import io.hedgerow.compiler.api.CompileOptions;
import io.hedgerow.compiler.api.ExplanationInfo;
import io.hedgerow.compiler.runtime.GraphFolder;
import io.hedgerow.engine.TensorFlowRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** GELU as newer TensorFlows write it, x / 2 · erfc(−x / √2), between convolutions and between dense layers of the head. */
class ComplementaryErrorTest {
    private static final int SIZE = 12;
    private static final int CHANNELS = 5;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startTensorFlow() {
        TensorFlowRuntime.start();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gradient-hedging", "gradient-x-input", "integrated-gradients", "lrp-epsilon-plus-flat"})
    void shouldBeDifferentiated(String method) throws IOException {
        ExplanationInfo info =
                new Compiler().compile(write(), CompileOptions.DEFAULT.with(method), folder.resolve("compiled"));

        // against finite differences; rounding alone would be nothing at all
        assertThat(info.selfCheck().gradient()).isPositive().isLessThan(0.01);
        assertThat(info.selfCheck().scores()).isLessThan(1e-5);
    }

    private Path write() throws IOException {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Operand<TFloat32> images =
                    tf.withName("images").placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, SIZE, SIZE, 3)));
            Operand<TFloat32> features = gelu(tf, convolution(tf, gelu(tf, convolution(tf, images, 3)), CHANNELS));
            Operand<TFloat32> hidden = tf.linalg.matMul(
                    tf.math.mean(features, tf.constant(new int[] {1, 2})), weights(tf, CHANNELS, CHANNELS));
            tf.withName("scores").linalg.matMul(gelu(tf, hidden), weights(tf, CHANNELS, 3));
            return GraphFolder.write(
                    folder.resolve("model"),
                    graph.toGraphDef(),
                    GraphFolder.floats(-1, SIZE, SIZE, 3),
                    "scores",
                    GraphFolder.floats(-1, 3));
        }
    }

    private static Operand<TFloat32> gelu(Ops tf, Operand<TFloat32> x) {
        return tf.math.mul(
                tf.math.mul(tf.constant(0.5f), x), tf.math.erfc(tf.math.mul(x, tf.constant((float) -Math.sqrt(0.5)))));
    }

    private static Operand<TFloat32> convolution(Ops tf, Operand<TFloat32> x, int inputs) {
        return tf.nn.conv2d(x, weights(tf, 3, 3, inputs, CHANNELS), List.of(1L, 1L, 1L, 1L), "SAME");
    }

    private static Operand<TFloat32> weights(Ops tf, long... shape) {
        float[] weights = new float[Math.toIntExact(Shape.of(shape).size())];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) Math.sin(i + shape.length);
        }
        return tf.reshape(tf.constant(weights), tf.constant(shape));
    }
}
