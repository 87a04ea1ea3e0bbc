package io.hedgerow.compiler.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hedgerow.compiler.Compiler;
import io.hedgerow.compiler.api.CompileOptions;
import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.engine.TensorFlowRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** What relevance can't be carried through is refused in one line: which node, which operation, and what to do. */
class RefusedNetworkTest {
    private static final int SIZE = 16;
    private static final int CHANNELS = 4;
    private static final int ONE_LINE = 600;

    @TempDir
    private Path folder;

    /** What is done to a tensor. */
    private interface Part extends BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> {}

    private static final Part NOTHING = (tf, x) -> x;

    @BeforeAll
    static void startTensorFlow() {
        TensorFlowRuntime.start();
    }

    @Test
    void shouldNameAnOperationWithoutARule() {
        refuses(
                NOTHING,
                (tf, x) -> tf.withName("summed").math.cumsum(x, tf.constant(1)),
                "Cumsum 'summed' can't be explained",
                "--reference-layer",
                "save the model without it",
                "--verbose lists what is supported");
    }

    @Test
    void shouldNameAProductOfWhichNeitherIsAGate() {
        // as routing between capsules multiplies votes
        refuses(
                NOTHING,
                (tf, x) -> tf.withName("votes").math.mul(convolved(tf, x, CHANNELS, 8), convolved(tf, x, CHANNELS, 9)),
                "Mul 'votes' can't be explained",
                "neither of which may be a gate",
                "capsules",
                "--reference-layer");
    }

    @Test
    void shouldRefuseSamplingWhereTheNetworkItselfSays() {
        // a spatial transformer: pixels from where a network of its own looks, weighted by how near they are
        refuses(
                (tf, x) -> {
                    Operand<TFloat32> where = tf.math.mean(convolved(tf, x, 3, 7), tf.constant(new int[] {1, 2, 3}));
                    Operand<TFloat32> near =
                            tf.reshape(tf.math.sub(where, tf.math.floor(where)), tf.constant(new int[] {-1, 1, 1, 1}));
                    Operand<TFloat32> wide = tf.math.add(near, tf.math.mul(x, tf.constant(0.1f)));
                    return tf.withName("sampled").math.mul(wide, x);
                },
                NOTHING,
                "Mul 'sampled' can't be explained",
                "spatial transformers",
                "save the part of the model after it");
    }

    @Test
    void shouldRefuseTilesThatGoThroughAsABatch() {
        refuses(
                (tf, x) -> {
                    Operand<TFloat32> cut = tf.withName("cut").reshape(x, tf.constant(new int[] {-1, 2, 8, 2, 8, 3}));
                    Operand<TFloat32> sorted = tf.linalg.transpose(cut, tf.constant(new int[] {0, 1, 3, 2, 4, 5}));
                    return tf.reshape(sorted, tf.constant(new int[] {-1, 8, 8, 3}));
                },
                (tf, x) -> tf.reshape(x, tf.constant(new int[] {-1, SIZE, SIZE, CHANNELS})),
                "Reshape 'cut', which cuts rows or columns apart",
                "apply it to pictures beforehand");
    }

    private void refuses(Part before, Part between, String... words) {
        assertThatThrownBy(() -> new Compiler()
                        .compile(
                                write(folder.resolve("model"), before, between),
                                CompileOptions.DEFAULT,
                                folder.resolve("compiled")))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContainingAll(words)
                .hasMessageNotContaining("\n")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(ONE_LINE));
    }

    private static Path write(Path folder, Part before, Part between) throws IOException {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Operand<TFloat32> images =
                    tf.withName("images").placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, SIZE, SIZE, 3)));
            Operand<TFloat32> x = between.apply(tf, convolved(tf, before.apply(tf, images), 3, 1));
            x = convolved(tf, x, CHANNELS, 2);
            tf.withName("scores").math.mean(x, tf.constant(new int[] {1, 2}));
            return GraphFolder.write(
                    folder,
                    graph.toGraphDef(),
                    GraphFolder.floats(-1, SIZE, SIZE, 3),
                    "scores",
                    GraphFolder.floats(-1, CHANNELS));
        }
    }

    private static Operand<TFloat32> convolved(Ops tf, Operand<TFloat32> x, int channels, long seed) {
        Random random = new Random(seed);
        float[] values = new float[9 * channels * CHANNELS];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (0.3 * random.nextGaussian());
        }
        return tf.nn.relu(tf.nn.conv2d(
                x,
                tf.constant(Shape.of(3, 3, channels, CHANNELS), DataBuffers.of(values)),
                List.of(1L, 1L, 1L, 1L),
                "SAME"));
    }
}
