package io.hedgerow.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.hedgerow.attribution.Box;
import io.hedgerow.attribution.SignedMap;
import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.geometry.Chain;
import io.hedgerow.image.pixels.DecodedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.image.ResizeBilinear;
import org.tensorflow.types.TFloat32;

/** Where the evidence of a bright blob is said to be, whatever a model does to its pictures before it looks for it. */
class PlacementTest {
    private static final int X = 36;
    private static final int Y = 22;
    private static final int BLOB = 10;

    private static final PlacedModel.View WHOLE = (tf, x) -> x;
    private static final PlacedModel.View MIRRORED = (tf, x) -> tf.reverse(x, tf.constant(new int[] {2}));

    @TempDir
    private Path folder;

    @Test
    void shouldPlaceACentreCrop() throws Exception {
        findsBlob(1, cropped(16, 32, 32, 32));
    }

    @Test
    void shouldTurnAMirroredPictureBack() throws Exception {
        findsBlob(1, MIRRORED);
    }

    @Test
    void shouldTurnARotatedPictureBack() throws Exception {
        findsBlob(
                1,
                (tf, x) -> tf.linalg.transpose(
                        tf.reverse(x, tf.constant(new int[] {2})), tf.constant(new int[] {0, 2, 1, 3})));
    }

    @Test
    void shouldTurnBackWhatATransformWithConstantsTurns() throws Exception {
        // half a turn, as Keras's affine layers do it, and a shift
        findsBlob(1, transformed(-1, 0, 95, 0, -1, 60));
        findsBlob(1, transformed(0, 1, 0, -1, 0, 63));
    }

    @Test
    void shouldRefuseATransformThatIsNotStraight() {
        assertThatThrownBy(() -> PlacedModel.of(folder, transformed(0.9f, 0.1f, 0, -0.1f, 0.9f, 0)))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("turns it by other than right angles")
                .hasMessageContaining("ImageProjectiveTransformV3");
    }

    /** What output pixel (x, y) shows: the input at (a x + b y + c, d x + e y + f). */
    private static PlacedModel.View transformed(float... affine) {
        float[] transform = Arrays.copyOf(affine, 8);
        return (tf, x) -> tf.image.imageProjectiveTransformV3(
                x,
                tf.constant(new float[][] {transform}),
                tf.constant(new int[] {64, 96}),
                tf.constant(0f),
                "BILINEAR");
    }

    @Test
    void shouldPlaceNothingOnPadding() throws Exception {
        SignedMap map = findsBlob(2, (tf, x) -> {
            Operand<TFloat32> small =
                    tf.image.resizeBilinear(x, tf.constant(new int[] {32, 48}), ResizeBilinear.halfPixelCenters(true));
            return tf.pad(small, tf.constant(new int[][] {{0, 0}, {8, 8}, {0, 0}, {0, 0}}), tf.constant(0f));
        });
        assertThat(List.of(map.height(), map.width())).containsExactly(32, 48);
        assertThat(map.toImage().y(32)).isCloseTo(64, within(1e-9));
    }

    @Test
    void shouldPlaceNothingOnMirroredPadding() throws Exception {
        int[][] around = {{0, 0}, {16, 16}, {16, 16}, {0, 0}};
        SignedMap map = findsBlob(1, (tf, x) -> tf.mirrorPad(x, tf.constant(around), "REFLECT"));
        assertThat(List.of(map.height(), map.width())).containsExactly(64, 96);
        try (PlacedModel model = PlacedModel.of(
                folder.resolve("border"), (tf, x) -> tf.mirrorPad(x, tf.constant(around), "SYMMETRIC"))) {
            assertBlob(box(model.map(model.picture(0, 0, BLOB))), 0, 0, 1);
        }
    }

    @Test
    void shouldSumWhatIsShownTwiceWhereItIs() throws Exception {
        SignedMap map = findsBlob(1, (tf, x) -> tf.tile(x, tf.constant(new int[] {1, 1, 2, 1})));
        assertThat(map.width()).isEqualTo(96);
    }

    @Test
    void shouldSumAPictureAndItsMirrorImage() throws Exception {
        findsBlob(1, WHOLE, MIRRORED);
    }

    @Test
    void shouldPlaceTwoHalvesBesideEachOther() throws Exception {
        SignedMap map = findsBlob(1, cropped(0, 0, 64, 48), cropped(0, 48, 64, 48));
        try (PlacedModel model =
                PlacedModel.of(folder.resolve("right"), cropped(0, 0, 64, 48), cropped(0, 48, 64, 48))) {
            assertThat(model.info().method().layers()).hasSize(2);
            assertThat(model.info().method().map().width()).isEqualTo(96);
            assertBlob(box(model.map(model.picture(70, 8, BLOB))), 70, 8, 1);
        }
    }

    @Test
    void shouldSumScalesAtTheFinest() throws Exception {
        SignedMap map = findsBlob(
                4,
                WHOLE,
                (tf, x) -> tf.image.resizeBilinear(
                        x, tf.constant(new int[] {16, 24}), ResizeBilinear.halfPixelCenters(true)));
        assertThat(List.of(map.height(), map.width())).containsExactly(64, 96);
    }

    @Test
    void shouldSumWhatLayersSeeInOnePlaceWithinTheGraph() throws Exception {
        try (PlacedModel model = PlacedModel.of(folder, WHOLE, (tf, x) -> tf.math.mul(x, tf.constant(0.9f)))) {
            assertThat(model.info().method().layers()).hasSize(1);
            assertBlob(box(model.map(model.picture(X, Y, BLOB))), X, Y, 1);
        }
    }

    @Test
    void shouldPlaceACropOfAPictureOfAnySize() throws Exception {
        PlacedModel.View centre = (tf, x) -> {
            Operand<org.tensorflow.types.TInt32> size =
                    tf.slice(tf.shape(x), tf.constant(new int[] {1}), tf.constant(new int[] {2}));
            Operand<org.tensorflow.types.TInt32> start =
                    tf.math.floorDiv(tf.math.sub(size, tf.constant(new int[] {32, 40})), tf.constant(2));
            Operand<org.tensorflow.types.TInt32> zero = tf.constant(new int[] {0});
            return tf.slice(
                    x, tf.concat(List.of(zero, start, zero), tf.constant(0)), tf.constant(new int[] {-1, 32, 40, 3}));
        };
        try (PlacedModel model = PlacedModel.of(folder, Shape.of(-1, -1, -1, 3), centre);
                PlacedModel large = model.at(100, 120)) {
            assertBlob(box(model.map(model.picture(X, Y, BLOB))), X, Y, 1);
            assertBlob(box(large.map(large.picture(60, 50, BLOB))), 60, 50, 1);
        }
    }

    @Test
    void shouldFollowPicturesThroughRowsOfNumbers() throws Exception {
        int[] apart = {-1, 3, 64, 96};
        PlacedModel.View centred = (tf, x) -> {
            Operand<TFloat32> rows = tf.reshape(x, tf.constant(new int[] {-1, 3 * 64 * 96}));
            Operand<TFloat32> mean = tf.constant(Shape.of(3 * 64 * 96), DataBuffers.of(new float[3 * 64 * 96]));
            return tf.linalg.transpose(
                    tf.reshape(tf.math.sub(rows, mean), tf.constant(apart)), tf.constant(new int[] {0, 2, 3, 1}));
        };
        for (Shape input : List.of(Shape.of(-1, 3, 64, 96), Shape.of(-1, 3 * 64 * 96))) {
            try (PlacedModel model = PlacedModel.of(folder.resolve("of-" + input.numDimensions()), input, centred)) {
                assertThat(model.info().input().channelsFirst()).isTrue();
                assertBlob(box(model.map(model.picture(X, Y, BLOB))), X, Y, 1);
            }
        }
    }

    @Test
    void shouldTransposePicturesForChannelsFirst() throws Exception {
        PlacedModel.View last = (tf, x) -> tf.linalg.transpose(x, tf.constant(new int[] {0, 2, 3, 1}));
        try (PlacedModel model = PlacedModel.of(folder, Shape.of(-1, 3, PlacedModel.HEIGHT, PlacedModel.WIDTH), last)) {
            assertThat(model.info().input().channelsFirst()).isTrue();
            assertBlob(box(model.map(model.picture(X, Y, BLOB))), X, Y, 1);
        }
    }

    @Test
    void shouldRefuseAPictureLaidOverItself() {
        assertThatThrownBy(() ->
                        PlacedModel.of(folder, (tf, x) -> tf.math.add(x, tf.reverse(x, tf.constant(new int[] {2})))))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("lays different parts of the picture over each other")
                .hasMessageContaining("apply it to pictures beforehand");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void shouldPlaceRandomChainsOfOperations(long seed) throws Exception {
        Random random = new Random(seed);
        List<String> steps = new ArrayList<>();
        PlacedModel.View chain = (tf, x) -> {
            Chain made = new Chain(tf, random, PlacedModel.HEIGHT, PlacedModel.WIDTH);
            Operand<TFloat32> seen = made.withoutScaling().of(x, 1 + random.nextInt(3));
            steps.addAll(made.steps());
            return seen;
        };
        try (PlacedModel model = PlacedModel.of(folder, chain, WHOLE)) {
            DecodedImage picture = model.picture(X, Y, BLOB);
            SignedMap map = model.map(picture);
            double cell = model.info().method().layers().stream()
                    .map(layer -> layer.placement())
                    .flatMap(place -> java.util.stream.Stream.concat(place.down().stream(), place.across().stream()))
                    .mapToDouble(run -> run.size())
                    .max()
                    .orElseThrow();
            assertThat(steps).isNotEmpty();
            assertBlob(box(map), X, Y, (int) Math.ceil(cell) + 2);
        }
    }

    private static PlacedModel.View cropped(int top, int left, int height, int width) {
        return (Ops tf, Operand<TFloat32> x) ->
                tf.slice(x, tf.constant(new int[] {0, top, left, 0}), tf.constant(new int[] {-1, height, width, -1}));
    }

    /** The map, if its evidence lies on the blob within {@code cell} pixels. */
    private SignedMap findsBlob(int cell, PlacedModel.View... views) throws Exception {
        try (PlacedModel model = PlacedModel.of(folder, views)) {
            SignedMap map = model.map(model.picture(X, Y, BLOB));
            assertBlob(box(map), X, Y, cell);
            return map;
        }
    }

    private static void assertBlob(Box found, int x, int y, int cell) {
        assertThat(found.x()).as("%s", found).isBetween(x - cell, x + cell);
        assertThat(found.y()).as("%s", found).isBetween(y - cell, y + cell);
        assertThat(found.x() + found.width()).as("%s", found).isBetween(x + BLOB - cell, x + BLOB + cell);
        assertThat(found.y() + found.height()).as("%s", found).isBetween(y + BLOB - cell, y + BLOB + cell);
    }

    /** Around all that is strong evidence, in pixels. */
    private static Box box(SignedMap map) {
        float peak = 0;
        for (int cell = 0; cell < map.size(); cell++) {
            peak = Math.max(peak, map.get(cell));
        }
        assertThat(peak).isPositive();
        int top = map.height();
        int left = map.width();
        int bottom = 0;
        int right = 0;
        for (int row = 0; row < map.height(); row++) {
            for (int column = 0; column < map.width(); column++) {
                if (map.get(row, column) > 0.2 * peak) {
                    top = Math.min(top, row);
                    bottom = Math.max(bottom, row + 1);
                    left = Math.min(left, column);
                    right = Math.max(right, column + 1);
                }
            }
        }
        return map.toImage().project(new Box(left, top, right - left, bottom - top), 1000, 1000);
    }
}
