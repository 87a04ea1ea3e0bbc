package io.hedgerow.compiler.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.api.Placement;
import io.hedgerow.compiler.api.Run;
import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.engine.TensorFlowRuntime;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** Places of what first layers see, against what TensorFlow makes of a picture with one bright blob. */
class InputGeometryTest {
    private static final int HEIGHT = 48;
    private static final int WIDTH = 64;
    private static final int BLOB = 8;

    @BeforeAll
    static void startTensorFlow() {
        TensorFlowRuntime.start();
    }

    static LongStream seeds() {
        return LongStream.range(0, Integer.getInteger("hedgerow.chains", 150));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldPlaceWhatABlobChangesOnTheBlob(long seed) {
        Random random = new Random(seed);
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Operand<TFloat32> images = images(tf);
            Chain chain = new Chain(tf, random, HEIGHT, WIDTH);
            Operand<TFloat32> seen = tf.withName("seen").identity(chain.of(images, 1 + random.nextInt(5)));
            Placement placement;
            try {
                placement = new InputGeometry(graph.toGraphDef(), "images", List.of(HEIGHT, WIDTH, 3))
                        .placement(TensorRef.parse("seen"), 3);
            } catch (ModelRefusedException e) {
                assertThat(e).as(chain.steps().toString()).hasMessageContaining("nowhere");
                return;
            }
            try (Session session = new Session(graph)) {
                for (int i = 0; i < 4; i++) {
                    int x = random.nextInt(WIDTH - BLOB);
                    int y = random.nextInt(HEIGHT - BLOB);
                    Seen blob = Seen.of(session, x, y);
                    check(blob, 255 * chain.amplitude(), placement, x, y, chain.steps() + " blob at " + x + ", " + y);
                }
            }
        }
    }

    private static void check(Seen seen, double amplitude, Placement placement, int x, int y, String what) {
        List<Run> rows = placement.transposed() ? placement.across() : placement.down();
        List<Run> columns = placement.transposed() ? placement.down() : placement.across();
        // out of sight it changes no more than a mean; what resamples blurs it, but half of its brightness lies on it
        // still
        double bright = Math.max(0.5 * seen.strongest(), 0.3 * amplitude);
        boolean isBright = false;
        double[] down = {Double.MAX_VALUE, -Double.MAX_VALUE};
        double[] across = {Double.MAX_VALUE, -Double.MAX_VALUE};
        for (int row = 0; row < seen.height(); row++) {
            for (int column = 0; column < seen.width(); column++) {
                if (seen.at(row, column) >= bright) {
                    double[] a = span(rows, row);
                    double[] b = span(columns, column);
                    // padding that mirrors or repeats shows the blob, but is no place
                    if (a != null && b != null) {
                        extend(placement.transposed() ? across : down, a);
                        extend(placement.transposed() ? down : across, b);
                    }
                    isBright = true;
                }
            }
        }
        boolean isFound = down[0] <= down[1];
        if (isBright && isInSight(placement.down(), y) && isInSight(placement.across(), x)) {
            assertThat(isFound).as(what).isTrue();
        }
        if (isFound) {
            near(down, y, placement.down(), HEIGHT, what + " down");
            near(across, x, placement.across(), WIDTH, what + " across");
        }
    }

    /** Within a cell of the blob, as far as that is in sight; half a pixel for sampling that is not exact. */
    private static void near(double[] found, int blob, List<Run> runs, int size, String what) {
        double cell = runs.stream().mapToDouble(Run::size).max().orElseThrow() + 0.5;
        double first =
                Math.max(blob, runs.stream().mapToDouble(Run::lowest).min().orElseThrow());
        double last = Math.min(
                blob + BLOB, runs.stream().mapToDouble(Run::highest).max().orElseThrow());
        assertThat(found[0]).as(what).isBetween(blob - cell, first + cell + 0.5);
        assertThat(found[1]).as(what).isBetween(last - cell - 0.5, blob + BLOB + cell);
        assertThat(found[0]).as(what).isLessThan(size);
    }

    private static boolean isInSight(List<Run> runs, int blob) {
        return runs.stream().anyMatch(run -> run.lowest() <= blob && run.highest() >= blob + BLOB);
    }

    private static void extend(double[] range, double[] span) {
        range[0] = Math.min(range[0], span[0]);
        range[1] = Math.max(range[1], span[1]);
    }

    private static double[] span(List<Run> runs, int index) {
        for (Run run : runs) {
            if (index >= run.first() && index < run.first() + run.count()) {
                double centre = run.centre(index - run.first());
                return new double[] {centre - run.size() / 2, centre + run.size() / 2};
            }
        }
        return null;
    }

    @Test
    void shouldTellChannelsFirstFromWhatTheFirstLayerTakes() {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Operand<TFloat32> images =
                    tf.withName("images").placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 3, 40, 3)));
            tf.withName("seen").linalg.transpose(images, tf.constant(new int[] {0, 2, 3, 1}));
            InputGeometry geometry = new InputGeometry(graph.toGraphDef(), "images", List.of(3, 40, 3));

            assertThat(geometry.isChannelsFirst(TensorRef.parse("seen"), 3)).isTrue();
            assertThat(geometry.isChannelsFirst(TensorRef.parse("images"), 3)).isFalse();
            assertThat(geometry.placement(TensorRef.parse("seen"), 3).down())
                    .containsExactly(new Run(0, 40, 0.5, 1, 1));
        }
    }

    @Test
    void shouldRefuseByNameWhatIsNoPlainWay() {
        refuses((tf, x) -> tf.math.add(x, tf.reverse(x, tf.constant(new int[] {2}))), "lays different parts", "Add");
        refuses(
                (tf, x) -> tf.image.imageProjectiveTransformV3(
                        x,
                        tf.constant(new float[][] {{0.9f, 0.1f, 0, -0.1f, 0.9f, 0, 0, 0}}),
                        tf.constant(new int[] {HEIGHT, WIDTH}),
                        tf.constant(0f),
                        "NEAREST"),
                "warps the picture",
                "ImageProjectiveTransformV3");
        refuses(
                (tf, x) -> tf.math.mean(x, tf.constant(new int[] {1, 2}), org.tensorflow.op.math.Mean.keepDims(true)),
                "a statistic of all of it",
                "seen");
        refuses(
                (tf, x) -> {
                    var first = tf.reshape(
                            tf.math.argMax(
                                    tf.reshape(
                                            tf.slice(x, tf.constant(new int[] {0, 0, 0, 0}), tf.constant(new int[] {
                                                1, 1, 8, 1
                                            })),
                                            tf.constant(new int[] {8})),
                                    tf.constant(0),
                                    org.tensorflow.types.TInt32.class),
                            tf.constant(new int[] {1}));
                    var begin = tf.concat(
                            List.of(tf.constant(new int[] {0, 0}), first, tf.constant(new int[] {0})), tf.constant(0));
                    return tf.slice(x, begin, tf.constant(new int[] {-1, 8, 8, 3}));
                },
                "something else",
                "Slice");
    }

    private static void refuses(
            BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> way, String reason, String operation) {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            tf.withName("seen").identity(way.apply(tf, images(tf)));
            InputGeometry geometry = new InputGeometry(graph.toGraphDef(), "images", List.of(HEIGHT, WIDTH, 3));
            assertThatThrownBy(() -> geometry.placement(TensorRef.parse("seen"), 3))
                    .isInstanceOf(ModelRefusedException.class)
                    .hasMessageContaining(reason)
                    .hasMessageContaining(operation);
        }
    }

    private static Operand<TFloat32> images(Ops tf) {
        return tf.withName("images").placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, -1, -1, 3)));
    }

    /** How much each place of what the first layer sees changes with a blob. */
    private record Seen(float[] changes, int height, int width) {
        static Seen of(Session session, int x, int y) {
            try (TFloat32 images = TFloat32.tensorOf(Shape.of(2, HEIGHT, WIDTH, 3), t -> t.scalars()
                            .forEachIndexed((at, pixel) -> pixel.setFloat(
                                    at[0] == 1 && at[1] >= y && at[1] < y + BLOB && at[2] >= x && at[2] < x + BLOB
                                            ? 255
                                            : 0)));
                    Result result = session.runner()
                            .feed("images", images)
                            .fetch("seen")
                            .run()) {
                TFloat32 seen = (TFloat32) result.get(0);
                int height = (int) seen.shape().get(1);
                int width = (int) seen.shape().get(2);
                float[] changes = new float[height * width];
                for (int i = 0; i < changes.length; i++) {
                    changes[i] = Math.abs(
                            seen.getFloat(1, i / width, i % width, 0) - seen.getFloat(0, i / width, i % width, 0));
                }
                return new Seen(changes, height, width);
            }
        }

        float at(int row, int column) {
            return changes[row * width + column];
        }

        double strongest() {
            double strongest = 0;
            for (float change : changes) {
                strongest = Math.max(strongest, change);
            }
            return strongest;
        }
    }
}
