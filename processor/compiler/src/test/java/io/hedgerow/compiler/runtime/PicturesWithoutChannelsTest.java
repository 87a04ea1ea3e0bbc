package io.hedgerow.compiler.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.hedgerow.compiler.Compiler;
import io.hedgerow.compiler.api.CompileOptions;
import io.hedgerow.compiler.api.ExplanationInfo;
import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.api.Run;
import io.hedgerow.engine.TensorFlowRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.index.Indices;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * Pictures that a model crops, mirrors, turns or pads before it gives them an axis for their only channel; and what is said of
 * models whose input or output lacks more than that.
 */
class PicturesWithoutChannelsTest {
    private static final int HEIGHT = 24;
    private static final int WIDTH = 32;
    private static final int CHANNELS = 6;

    @TempDir
    private Path folder;

    /** What a model does to its pictures first, or to its scores at last. */
    private interface Part extends BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> {}

    @BeforeAll
    static void startTensorFlow() {
        TensorFlowRuntime.start();
    }

    @Test
    void shouldLieWhereTheyAreCroppedAndMirrored() throws IOException {
        ExplanationInfo.Layer layer = layer(compile((tf, x) -> tf.expandDims(
                tf.slice(
                        tf.reverse(x, tf.constant(new int[] {2})),
                        tf.constant(new int[] {0, 4, 2}),
                        tf.constant(new int[] {-1, 16, 24})),
                tf.constant(3))));

        assertThat(layer.placement().transposed()).isFalse();
        assertRun(layer.placement().down(), 0, 16, 4.5, 1);
        assertRun(layer.placement().across(), 0, 24, 29.5, -1);
    }

    @Test
    void shouldLieWhereTheyArePaddedAndTransposed() throws IOException {
        ExplanationInfo.Layer layer = layer(compile((tf, x) -> tf.expandDims(
                tf.linalg.transpose(
                        tf.pad(x, tf.constant(new int[][] {{0, 0}, {3, 1}, {2, 0}}), tf.constant(7f)),
                        tf.constant(new int[] {0, 2, 1})),
                tf.constant(3))));

        assertThat(layer.placement().transposed()).isTrue();
        assertRun(layer.placement().down(), 3, HEIGHT, 0.5, 1);
        assertRun(layer.placement().across(), 2, WIDTH, 0.5, 1);
    }

    @Test
    void shouldLieWhereASliceCropsThemAndAddsTheAxis() throws IOException {
        ExplanationInfo.Layer layer = layer(compile((tf, x) -> tf.stridedSlice(
                tf.math.mul(x, tf.constant(2f)),
                Indices.all(),
                Indices.sliceFrom(5),
                Indices.all(),
                Indices.newAxis())));

        assertRun(layer.placement().down(), 0, HEIGHT - 5, 5.5, 1);
        assertRun(layer.placement().across(), 0, WIDTH, 0.5, 1);
    }

    @Test
    void shouldRefuseSequencesThatArePaddedFirst() {
        assertThatThrownBy(() -> compile((tf, x) -> tf.expandDims(
                        tf.pad(x, tf.constant(new int[][] {{0, 0}, {2, 0}, {0, 0}}), tf.constant(0f)), tf.constant(1))))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("is no picture");
    }

    @Test
    void shouldAskForBatchesWhereAModelTakesOnePicture() {
        assertThatThrownBy(() -> compile((tf, x) -> tf.expandDims(x, tf.constant(0)), HEIGHT, WIDTH, 3))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("[%d, %d, 3] is no picture".formatted(HEIGHT, WIDTH))
                .hasMessageContaining("save it with a first axis for batches");
    }

    @Test
    void shouldNameWhatChoosesLabels() {
        assertThatThrownBy(() -> compile(
                        (tf, x) -> tf.expandDims(x, tf.constant(3)),
                        (tf, scores) -> tf.oneHot(
                                tf.withName("chosen").math.argMax(scores, tf.constant(1)),
                                tf.constant(2),
                                tf.constant(1f),
                                tf.constant(0f)),
                        -1,
                        HEIGHT,
                        WIDTH))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("no gradient")
                .hasMessageContaining("labels that ArgMax 'chosen' chooses")
                .hasMessageContaining("save the model with the scores");
    }

    private static ExplanationInfo.Layer layer(ExplanationInfo info) {
        assertThat(info.method().layers()).hasSize(1);
        return info.method().layers().get(0);
    }

    private static void assertRun(List<Run> runs, int first, int count, double centre, double step) {
        assertThat(runs).hasSize(1);
        Run run = runs.get(0);
        assertThat(new double[] {run.first(), run.count(), run.centre(), run.step()})
                .containsExactly(new double[] {first, count, centre, step}, within(1e-6));
    }

    private ExplanationInfo compile(Part first) throws IOException {
        return compile(first, -1, HEIGHT, WIDTH);
    }

    private ExplanationInfo compile(Part first, long... sizes) throws IOException {
        return compile(first, (tf, scores) -> scores, sizes);
    }

    private ExplanationInfo compile(Part first, Part output, long... sizes) throws IOException {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Operand<TFloat32> images =
                    tf.withName("images").placeholder(TFloat32.class, Placeholder.shape(Shape.of(sizes)));
            Operand<TFloat32> picture = first.apply(tf, images);
            long inputs = picture.shape().get(3);
            Operand<TFloat32> features = tf.nn.relu(tf.nn.conv2d(
                    picture, weights(tf, inputs == 1 ? 3 : 1, 3, inputs), List.of(1L, 1L, 1L, 1L), "VALID"));
            Operand<TFloat32> scores = tf.linalg.matMul(
                    tf.math.mean(features, tf.constant(new int[] {1, 2})),
                    tf.reshape(weights(tf, 1, 1, 2), tf.constant(new int[] {CHANNELS, 2})));
            tf.withName("scores").identity(output.apply(tf, scores));
            Path model = GraphFolder.write(
                    folder.resolve("model"),
                    graph.toGraphDef(),
                    GraphFolder.floats(sizes),
                    "scores",
                    GraphFolder.floats(-1, 2));
            return new Compiler().compile(model, CompileOptions.DEFAULT, folder.resolve("compiled"));
        }
    }

    private static Operand<TFloat32> weights(Ops tf, long height, long width, long inputs) {
        float[] weights = new float[Math.toIntExact(height * width * inputs * CHANNELS)];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) Math.sin(i + 1);
        }
        return tf.reshape(tf.constant(weights), tf.constant(new long[] {height, width, inputs, CHANNELS}));
    }
}
