package io.hedgerow.compiler.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.attribution.MapTransform;
import io.hedgerow.compiler.Compiler;
import io.hedgerow.compiler.api.CompileOptions;
import io.hedgerow.compiler.api.ExplanationInfo;
import io.hedgerow.engine.TensorFlowDevice;
import io.hedgerow.engine.TensorFlowRuntime;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
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

/** Scores made of features of several depths of one network: what the deeper ones get passes the others on its way. */
class SeveralDepthsTest {
    private static final int SIZE = 10;
    private static final int CHANNELS = 4;
    private static final int CLASSES = 3;
    private static final TensorSpec SPEC = new TensorSpec(SIZE, SIZE, 1, ElementType.FLOAT32);

    @TempDir
    private Path folder;

    private int compiled;

    @BeforeAll
    static void startTensorFlow() {
        TensorFlowRuntime.start();
    }

    @Test
    void shouldExplainBoth() throws Exception {
        ExplanationInfo info = compile(1, 1, folder.resolve("both"));

        assertThat(info.referenceLayers()).hasSize(2);
        assertThat(info.unexplained()).isEmpty();
        assertThat(info.selfCheck().relevance()).isLessThan(1e-4);
        float[] both = map(1, 1);
        assertThat(Maps.difference(both, map(1, 0))).isGreaterThan(0.01);
        assertThat(Maps.difference(both, map(0, 1))).isGreaterThan(0.01);
    }

    @Test
    void shouldExplainByTheOneThatCounts() throws Exception {
        assertThat(Maps.difference(map(1, 1e-7f), map(1, 0))).isLessThan(1e-3);
        assertThat(Maps.difference(map(1e-7f, 1), map(0, 1))).isLessThan(1e-3);
    }

    /** The map of one class, scaled so that its largest entry is 1. */
    private float[] map(float early, float late) throws Exception {
        Path out = folder.resolve("model" + compiled++);
        compile(early, late, out);
        ByteBuffer picture = ByteBuffer.allocate(SPEC.bytes()).order(ByteOrder.nativeOrder());
        Random random = new Random(3);
        while (picture.hasRemaining()) {
            picture.putFloat(random.nextFloat());
        }
        try (CompiledModel model = CompiledModel.load(out.resolve("compiled"), SPEC, TensorFlowDevice.CPU)) {
            float[] map = model.apply(List.of(new AttributionRequest(
                            new ImageTensor(picture.flip(), SPEC, MapTransform.IDENTITY), new int[] {1})))
                    .get(0)
                    .maps()[0];
            float peak = 0;
            for (float value : map) {
                peak = Math.max(peak, Math.abs(value));
            }
            for (int i = 0; i < map.length; i++) {
                map[i] /= peak;
            }
            return map;
        }
    }

    /** @param early how much the first layer's features count, and the second's, {@code late}; with 0 they aren't there */
    private static ExplanationInfo compile(float early, float late, Path folder) throws Exception {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Operand<TFloat32> images =
                    tf.withName("images").placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, SIZE, SIZE, 1)));
            Operand<TFloat32> first = convolution(tf, images, 1, 1);
            Operand<TFloat32> second = convolution(tf, first, CHANNELS, 2);
            Operand<TFloat32> scores = early == 0
                    ? dense(tf, second, late)
                    : late == 0
                            ? dense(tf, first, early)
                            : tf.math.add(dense(tf, first, early), dense(tf, second, late));
            tf.withName("output").identity(scores);
            Path model = GraphFolder.write(
                    folder.resolve("saved"),
                    graph.toGraphDef(),
                    GraphFolder.floats(-1, SIZE, SIZE, 1),
                    "output",
                    GraphFolder.floats(-1, CLASSES));
            return new Compiler().compile(model, CompileOptions.DEFAULT, folder.resolve("compiled"));
        }
    }

    private static Operand<TFloat32> convolution(Ops tf, Operand<TFloat32> x, int channels, int seed) {
        return tf.nn.relu(
                tf.nn.conv2d(x, random(tf, seed, 1, 3, 3, channels, CHANNELS), List.of(1L, 1L, 1L, 1L), "SAME"));
    }

    private static Operand<TFloat32> dense(Ops tf, Operand<TFloat32> features, float gain) {
        return tf.linalg.matMul(
                tf.math.mean(features, tf.constant(new int[] {1, 2})), random(tf, 5, gain, CHANNELS, CLASSES));
    }

    private static Operand<TFloat32> random(Ops tf, long seed, float gain, long... shape) {
        Random random = new Random(seed);
        float[] values = new float[(int) Shape.of(shape).size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (gain * random.nextGaussian());
        }
        return tf.constant(Shape.of(shape), DataBuffers.of(values));
    }
}
