package io.hedgerow.compiler.graph;

import static io.hedgerow.compiler.graph.Axis.BATCH;
import static io.hedgerow.compiler.graph.Axis.CHANNEL;
import static io.hedgerow.compiler.graph.Axis.HEIGHT;
import static io.hedgerow.compiler.graph.Axis.SPACE;
import static io.hedgerow.compiler.graph.Axis.UNKNOWN;
import static io.hedgerow.compiler.graph.Axis.WIDTH;
import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.engine.TensorFlowRuntime;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.op.core.StridedSlice;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;

class LayoutTest {
    private static final List<Axis> CHANNELS_LAST = List.of(BATCH, HEIGHT, WIDTH, CHANNEL);
    private static final List<Axis> CHANNELS_FIRST = List.of(BATCH, CHANNEL, HEIGHT, WIDTH);
    private static final int[] TO_FIRST = {0, 3, 1, 2};
    private static final int[] TO_LAST = {0, 2, 3, 1};
    private static final List<Long> STRIDES = List.of(1L, 1L, 1L, 1L);

    @BeforeAll
    static void startTensorFlow() {
        TensorFlowRuntime.start();
    }

    @Test
    void shouldTakeFromAConvolutionWhatTheAxesOfItsTensorsCount() {
        assertThat(features((tf, x) -> x)).isEqualTo(CHANNELS_LAST);
        assertThat(image(Shape.of(-1, 6, 8, 3), tf -> image -> image)).isEqualTo(CHANNELS_LAST);
    }

    @Test
    void shouldFollowTransposesForwardsAndBackwards() {
        assertThat(features((tf, x) -> tf.linalg.transpose(x, tf.constant(TO_FIRST))))
                .isEqualTo(CHANNELS_FIRST);
        assertThat(image(Shape.of(-1, 3, 6, 8), tf -> image -> tf.linalg.transpose(image, tf.constant(TO_LAST))))
                .isEqualTo(CHANNELS_FIRST);
        // of 3 x 3 x 3 the sizes tell nothing
        assertThat(image(Shape.of(-1, 3, 3, 3), tf -> image -> tf.linalg.transpose(image, tf.constant(TO_LAST))))
                .isEqualTo(CHANNELS_FIRST);
    }

    @Test
    void shouldKeepTheLayoutThroughWhatWorksEntryByEntryWithBroadcasting() {
        assertThat(features((tf, x) -> {
                    Operand<TFloat32> first = tf.linalg.transpose(x, tf.constant(TO_FIRST));
                    Operand<TFloat32> scaled = tf.math.mul(first, tf.constant(new float[4][1][1]));
                    return tf.nn.relu(tf.concat(List.of(scaled, first), tf.constant(1)));
                }))
                .isEqualTo(CHANNELS_FIRST);
    }

    @Test
    void shouldLearnFromASignalWhatTheAxesOfItsGateCount() {
        assertThat(features((tf, x) -> {
                    Operand<TFloat32> first = tf.linalg.transpose(x, tf.constant(TO_FIRST));
                    Operand<TFloat32> mean = tf.math.mean(first, tf.constant(new int[] {2, 3}));
                    Operand<TFloat32> gate = tf.withName("asked").reshape(mean, tf.constant(new int[] {-1, 4, 1, 1}));
                    return tf.math.mul(first, gate);
                }))
                .isEqualTo(CHANNELS_FIRST);
    }

    @Test
    void shouldKnowWhichAxesAReductionLeaves() {
        assertThat(features((tf, x) -> tf.math.mean(x, tf.constant(new int[] {-3, 2}))))
                .containsExactly(BATCH, CHANNEL);
        assertThat(features((tf, x) -> tf.math.mean(x, tf.constant(3)))).containsExactly(BATCH, HEIGHT, WIDTH);
        assertThat(features((tf, x) -> {
                    Operand<TFloat32> mean = tf.math.mean(x, tf.constant(new int[] {1, 2}), Mean.keepDims(true));
                    return tf.linalg.transpose(mean, tf.constant(TO_FIRST));
                }))
                .isEqualTo(CHANNELS_FIRST);
    }

    @Test
    void shouldFollowPositionsAsAListAndBack() {
        assertThat(features((tf, x) -> tf.reshape(x, tf.constant(new int[] {-1, 24, 4}))))
                .containsExactly(BATCH, SPACE, CHANNEL);
        assertThat(features((tf, x) -> {
                    Operand<TFloat32> list = tf.reshape(x, tf.constant(new int[] {-1, 24, 4}));
                    Operand<TFloat32> turned = tf.linalg.transpose(list, tf.constant(new int[] {0, 2, 1}));
                    return tf.reshape(turned, tf.constant(new int[] {-1, 4, 4, 6}));
                }))
                .isEqualTo(CHANNELS_FIRST);
        assertThat(features((tf, x) -> tf.reshape(x, tf.constant(new int[] {-1, 96}))))
                .containsExactly(BATCH, UNKNOWN);
    }

    @Test
    void shouldFollowGroupsOfChannels() {
        assertThat(features((tf, x) -> {
                    Operand<TFloat32> groups = tf.reshape(x, tf.constant(new int[] {-1, 4, 6, 2, 2}));
                    Operand<TFloat32> shuffled = tf.linalg.transpose(groups, tf.constant(new int[] {0, 4, 3, 1, 2}));
                    return tf.reshape(shuffled, tf.constant(new int[] {-1, 4, 4, 6}));
                }))
                .isEqualTo(CHANNELS_FIRST);
    }

    @Test
    void shouldFollowAxesThatAreAddedAndTaken() {
        assertThat(features((tf, x) -> {
                    Operand<TFloat32> one = tf.unstack(tf.stack(List.of(x, x)), 2L)
                            .<TFloat32>output()
                            .get(1);
                    return tf.squeeze(tf.expandDims(one, tf.constant(2)), Squeeze.axis(List.of(-3L)));
                }))
                .isEqualTo(CHANNELS_LAST);
        assertThat(features((tf, x) -> {
                    Operand<TFloat32> row = tf.stridedSlice(
                            x,
                            tf.constant(new int[] {0, 1, 0}),
                            tf.constant(new int[] {0, 2, 0}),
                            tf.constant(new int[] {1, 1, 1}),
                            StridedSlice.beginMask(5L),
                            StridedSlice.endMask(5L),
                            StridedSlice.shrinkAxisMask(2L));
                    return tf.expandDims(tf.expandDims(row, tf.constant(-1)), tf.constant(1));
                }))
                .containsExactly(BATCH, UNKNOWN, WIDTH, CHANNEL, UNKNOWN);
    }

    @Test
    void shouldNotTakeAProductOverAnAxisForAConvolution() {
        assertThat(features((tf, x) -> {
                    Operand<TFloat32> turned = tf.linalg.transpose(x, tf.constant(TO_FIRST));
                    return tf.nn.conv2d(turned, tf.constant(new float[1][1][6][6]), STRIDES, "VALID");
                }))
                .isEqualTo(CHANNELS_FIRST);
    }

    @Test
    void shouldGuessByTheSizesOfAnImageThatNoLayerSees() {
        assertThat(image(Shape.of(-1, 3, 6, 8), LayoutTest::flattened)).isEqualTo(CHANNELS_FIRST);
        assertThat(image(Shape.of(-1, 6, 8, 3), LayoutTest::flattened)).isEqualTo(CHANNELS_LAST);
    }

    @Test
    void shouldFollowRowsOfNumbersThatAreTakenApartAsTheyWerePutTogether() {
        // more channels than images have: by sizes the guess would be that they come last
        assertThat(image(Shape.of(-1, 5, 6, 8), tf -> image -> rows(tf, image, 5, 6, 8)))
                .isEqualTo(CHANNELS_FIRST);
        assertThat(image(Shape.of(-1, 3, 8, 6), tf -> image -> {
                    Operand<TFloat32> flat = tf.reshape(image, tf.constant(new int[] {-1, 144}));
                    return tf.reshape(tf.nn.relu(flat), tf.constant(new int[] {-1, 3, 8, 6}));
                }))
                .isEqualTo(CHANNELS_LAST);
    }

    /** Channels first, as rows of numbers from which others are taken, and channels last. */
    private static Operand<TFloat32> rows(Ops tf, Operand<TFloat32> image, int channels, int height, int width) {
        Operand<TFloat32> flat = tf.reshape(image, tf.constant(new int[] {-1, channels * height * width}));
        Operand<TFloat32> centred = tf.math.sub(flat, tf.constant(new float[channels * height * width]));
        Operand<TFloat32> apart = tf.reshape(centred, tf.constant(new int[] {-1, channels, height, width}));
        return tf.linalg.transpose(apart, tf.constant(TO_LAST));
    }

    private static Function<Operand<TFloat32>, Operand<TFloat32>> flattened(Ops tf) {
        return image ->
                tf.reshape(tf.reshape(image, tf.constant(new int[] {-1, 144})), tf.constant(new int[] {-1, 6, 8, 3}));
    }

    /** Of what is named {@code asked}, else of what is made of features of 4 x 6 positions and 4 channels. */
    private static List<Axis> features(BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> further) {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Operand<TFloat32> image =
                    tf.withName("image").placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 6, 8, 3)));
            Operand<TFloat32> made = further.apply(tf, convolved(tf, image));
            String asked = graph.operation("asked") == null ? made.op().name() : "asked";
            return new Network(graph.toGraphDef(), "image")
                    .layout(new TensorRef(asked, 0))
                    .axes();
        }
    }

    /** Of an image that is convolved after some preprocessing. */
    private static List<Axis> image(
            Shape shape, Function<Ops, Function<Operand<TFloat32>, Operand<TFloat32>>> preprocessing) {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Operand<TFloat32> image = tf.withName("image").placeholder(TFloat32.class, Placeholder.shape(shape));
            convolved(tf, preprocessing.apply(tf).apply(image));
            return new Network(graph.toGraphDef(), "image")
                    .layout(new TensorRef("image", 0))
                    .axes();
        }
    }

    private static Operand<TFloat32> convolved(Ops tf, Operand<TFloat32> x) {
        int channels = Math.toIntExact(x.asOutput().shape().get(3));
        return tf.nn.conv2d(x, tf.constant(new float[3][3][channels][4]), STRIDES, "VALID");
    }
}
