package io.hedgerow.compiler.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hedgerow.attribution.MapTransform;
import io.hedgerow.compiler.Compiler;
import io.hedgerow.compiler.api.CompileOptions;
import io.hedgerow.compiler.api.ExplanationInfo;
import io.hedgerow.engine.TensorFlowDevice;
import io.hedgerow.engine.TensorFlowRuntime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.image.ResizeNearestNeighbor;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;

/** One network as it is usually written and as converters and frameworks write it: its maps are the same. */
class RewrittenNetworkTest {
    private static final TensorSpec SPEC = new TensorSpec(13, 17, 3, ElementType.FLOAT32);
    private static final int CHANNELS = 8;
    private static final int CLASSES = 4;
    private static final List<Long> ONES = List.of(1L, 1L, 1L, 1L);
    private static final List<Long> TWOS = List.of(1L, 2L, 2L, 1L);
    private static final List<Long> THREES = List.of(1L, 3L, 3L, 1L);
    private static final int[] TO_FIRST = {0, 3, 1, 2};
    private static final int[] TO_LAST = {0, 2, 3, 1};
    private static final int[] SPACE = {1, 2};

    @TempDir
    private Path folder;

    /** What is done to a tensor. */
    private interface Part extends BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> {}

    /** A part between convolutions that may be written otherwise. */
    private enum Between {
        POOLING_PADDED_WITH_THE_LOWEST_NUMBER(
                RewrittenNetworkTest::pooled,
                (tf, x) -> tf.nn.maxPool(
                        tf.pad(
                                x,
                                tf.constant(new int[][] {{0, 0}, {1, 1}, {1, 1}, {0, 0}}),
                                tf.constant(-Float.MAX_VALUE)),
                        tf.constant(new int[] {1, 3, 3, 1}),
                        tf.constant(new int[] {1, 2, 2, 1}),
                        "VALID")),
        THE_SAME_OF_CHANNELS_FIRST(
                RewrittenNetworkTest::pooled,
                (tf, x) -> tf.nn.maxPool(
                        last(
                                tf,
                                tf.pad(
                                        first(tf, x),
                                        tf.constant(new int[][] {{0, 0}, {0, 0}, {1, 1}, {1, 1}}),
                                        tf.constant(-Float.MAX_VALUE))),
                        tf.constant(new int[] {1, 3, 3, 1}),
                        tf.constant(new int[] {1, 2, 2, 1}),
                        "VALID")),
        AVERAGES_OF_CHANNELS_FIRST(
                (tf, x) -> tf.nn.avgPool(tf.nn.relu(x), THREES, TWOS, "VALID"),
                (tf, x) -> tf.nn.avgPool(last(tf, tf.nn.relu(first(tf, x))), THREES, TWOS, "VALID")),
        NEAREST_UPSAMPLING_BY_TILES(
                (tf, x) -> tf.image.resizeNearestNeighbor(
                        x, tf.constant(new int[] {26, 34}), ResizeNearestNeighbor.halfPixelCenters(true)),
                (tf, x) -> {
                    Operand<TFloat32> rows = tf.tile(
                            tf.reshape(x, tf.constant(new int[] {-1, 13, 1, 17, CHANNELS})),
                            tf.constant(new int[] {1, 1, 2, 1, 1}));
                    Operand<TFloat32> columns = tf.tile(
                            tf.reshape(rows, tf.constant(new int[] {-1, 26, 17, 1, CHANNELS})),
                            tf.constant(new int[] {1, 1, 1, 2, 1}));
                    return tf.reshape(columns, tf.constant(new int[] {-1, 26, 34, CHANNELS}));
                });

        private final Part usual;
        private final Part other;

        Between(Part usual, Part other) {
            this.usual = usual;
            this.other = other;
        }
    }

    /** A head's collapse of space that may be written otherwise: to N × C. */
    private enum Collapse {
        MEAN_KEPT_TRANSPOSED_AND_FLATTENED(
                (tf, x) -> tf.math.mean(x, tf.constant(SPACE)),
                (tf, x) -> tf.reshape(
                        first(tf, tf.math.mean(x, tf.constant(SPACE), Mean.keepDims(true))),
                        tf.constant(new int[] {-1, CHANNELS}))),
        MEAN_OF_CHANNELS_FIRST(
                (tf, x) -> tf.math.mean(x, tf.constant(SPACE)),
                (tf, x) -> tf.math.mean(first(tf, x), tf.constant(new int[] {2, 3}))),
        MAXIMUM_OF_CHANNELS_FIRST(
                (tf, x) -> tf.reduceMax(x, tf.constant(SPACE)),
                (tf, x) -> tf.reduceMax(first(tf, x), tf.constant(new int[] {-1, -2}))),
        GENERALISED_MEAN_CLIPPED_AND_POOLED(
                (tf, x) -> generalised(
                        tf, tf.math.maximum(x, tf.constant(1e-6f)), p -> tf.math.mean(p, tf.constant(SPACE))),
                (tf, x) -> generalised(
                        tf,
                        tf.clipByValue(x, tf.constant(1e-6f), tf.constant(1e3f)),
                        p -> tf.reshape(
                                tf.nn.avgPool(p, List.of(1L, 13L, 17L, 1L), ONES, "VALID"),
                                tf.constant(new int[] {-1, CHANNELS}))));

        private final Part usual;
        private final Part other;

        Collapse(Part usual, Part other) {
            this.usual = usual;
            this.other = other;
        }
    }

    @BeforeAll
    static void startTensorFlow() {
        TensorFlowRuntime.start();
    }

    @ParameterizedTest
    @EnumSource
    void shouldExplainAPartBetweenConvolutionsAlike(Between part) throws Exception {
        Part mean = Collapse.MEAN_OF_CHANNELS_FIRST.usual;
        alike(explained("usual", part.usual, mean), explained("other", part.other, mean));
    }

    @ParameterizedTest
    @EnumSource
    void shouldExplainACollapseOfSpaceAlike(Collapse collapse) throws Exception {
        Part none = (tf, x) -> x;
        alike(explained("usual", none, collapse.usual), explained("other", none, collapse.other));
    }

    private static void alike(Explained usual, Explained other) {
        assertThat(other.info().referenceLayers())
                .extracting(ExplanationInfo.ReferenceLayer::shape)
                .isEqualTo(usual.info().referenceLayers().stream()
                        .map(ExplanationInfo.ReferenceLayer::shape)
                        .toList());
        assertThat(other.found().scores()).containsExactly(usual.found().scores(), within(1e-4f));
        for (int label = 0; label < CLASSES; label++) {
            assertThat(usual.found().maps()[label])
                    .as("a map that shows something")
                    .isNotEqualTo(new float[13 * 17]);
            assertThat(Maps.difference(
                            other.found().maps()[label], usual.found().maps()[label]))
                    .isLessThan(1e-4);
        }
    }

    private record Explained(ExplanationInfo info, Attribution found) {}

    private Explained explained(String name, Part between, Part collapse) throws Exception {
        Path compiled = folder.resolve(name + "-compiled");
        ExplanationInfo info = new Compiler()
                .compile(write(folder.resolve(name), between, collapse), CompileOptions.DEFAULT, compiled);
        try (CompiledModel model = CompiledModel.load(compiled, SPEC, TensorFlowDevice.CPU)) {
            return new Explained(
                    info,
                    model.apply(List.of(new AttributionRequest(picture(), new int[] {0, 1, 2, 3})))
                            .get(0));
        }
    }

    private static Path write(Path folder, Part between, Part collapse) throws IOException {
        Random random = new Random(5);
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Operand<TFloat32> x =
                    tf.withName("images").placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 13, 17, 3)));
            x = tf.nn.relu(tf.nn.conv2d(x, weights(tf, random, 3, 3, 3, CHANNELS), ONES, "SAME"));
            x = between.apply(tf, tf.nn.conv2d(x, weights(tf, random, 3, 3, CHANNELS, CHANNELS), ONES, "SAME"));
            x = tf.nn.relu(tf.nn.conv2d(tf.nn.relu(x), weights(tf, random, 3, 3, CHANNELS, CHANNELS), ONES, "SAME"));
            Operand<TFloat32> dense = weights(tf, random, CHANNELS, CLASSES);
            tf.withName("scores").linalg.matMul(collapse.apply(tf, x), dense);
            return GraphFolder.write(
                    folder,
                    graph.toGraphDef(),
                    GraphFolder.floats(-1, 13, 17, 3),
                    "scores",
                    GraphFolder.floats(-1, CLASSES));
        }
    }

    private static Operand<TFloat32> pooled(Ops tf, Operand<TFloat32> x) {
        // of 13 x 17 SAME pads by one all around
        return tf.nn.maxPool(x, tf.constant(new int[] {1, 3, 3, 1}), tf.constant(new int[] {1, 2, 2, 1}), "SAME");
    }

    private static Operand<TFloat32> generalised(Ops tf, Operand<TFloat32> x, UnaryOperator<Operand<TFloat32>> mean) {
        return tf.math.pow(mean.apply(tf.math.pow(x, tf.constant(2.5f))), tf.constant(1 / 2.5f));
    }

    private static Operand<TFloat32> first(Ops tf, Operand<TFloat32> x) {
        return tf.linalg.transpose(x, tf.constant(TO_FIRST));
    }

    private static Operand<TFloat32> last(Ops tf, Operand<TFloat32> x) {
        return tf.linalg.transpose(x, tf.constant(TO_LAST));
    }

    private static Operand<TFloat32> weights(Ops tf, Random random, long... shape) {
        float[] values = new float[(int) Shape.of(shape).size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (0.3 * random.nextGaussian());
        }
        return tf.constant(Shape.of(shape), DataBuffers.of(values));
    }

    private static ImageTensor picture() {
        Random random = new Random(6);
        ByteBuffer data = ByteBuffer.allocate(SPEC.bytes()).order(ByteOrder.nativeOrder());
        while (data.hasRemaining()) {
            data.putFloat(random.nextFloat());
        }
        return new ImageTensor(data.flip(), SPEC, MapTransform.IDENTITY);
    }
}
