package io.hedgerow.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hedgerow.attribution.MapTransform;
import io.hedgerow.compiler.runtime.ChannelAxis;
import io.hedgerow.compiler.runtime.ElementType;
import io.hedgerow.compiler.runtime.ImageTensor;
import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.image.pixels.DecodedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PreprocessingTest {
    private static final TensorSpec FLOATS = new TensorSpec(1, 2, 3, ElementType.FLOAT32);
    private static final TensorSpec BYTES = new TensorSpec(1, 2, 3, ElementType.UINT8);
    private static final DecodedImage PAIR = new DecodedImage(new byte[] {(byte) 255, 0, 51, 10, 20, (byte) 200}, 2, 1);

    @Test
    void shouldKeepTheFullRangeByDefault() {
        assertThat(floats(Preprocessing.defaults(), FLOATS)).containsExactly(255, 0, 51, 10, 20, 200);
    }

    @Test
    void shouldBringValuesToARange() {
        float[] values = floats(preprocessing(null, List.of(-1.0, 1.0), null, null), FLOATS);

        assertThat(values).containsExactly(new float[] {1, -1, -0.6f, -0.92157f, -0.84314f, 0.56863f}, close());
    }

    @Test
    void shouldStandardiseInUnitsOfTheRange() {
        float[] values =
                floats(preprocessing(null, List.of(0.0, 1.0), List.of(0.5, 0.25, 0.1), List.of(0.5, 0.5, 0.2)), FLOATS);

        assertThat(values).containsExactly(new float[] {1, -0.5f, 0.5f, -0.92157f, -0.34314f, 3.42157f}, close());
    }

    @Test
    void shouldTakeOneNumberForAllChannels() {
        float[] values = floats(preprocessing(null, null, List.of(127.5), List.of(127.5)), FLOATS);

        assertThat(values).containsExactly(new float[] {1, -1, -0.6f, -0.92157f, -0.84314f, 0.56863f}, close());
    }

    @Test
    void shouldSubtractMeansInTheModelsOrderOfChannels() {
        float[] values = floats(preprocessing(ChannelOrder.BGR, null, List.of(103.0, 116.0, 123.0), null), FLOATS);

        assertThat(values).containsExactly(51 - 103, -116, 255 - 123, 200 - 103, 20 - 116, 10 - 123);
    }

    @Test
    void shouldWriteBytesForBytes() {
        ImageTensor tensor = preprocessing(ChannelOrder.BGR, null, null, null).apply(PAIR, BYTES);

        assertThat(bytes(tensor.data())).containsExactly(51, 0, 255, 200, 20, 10);
    }

    @Test
    void shouldWriteOneChannelAfterTheOtherForChannelsFirst() {
        ByteBuffer batch = ByteBuffer.allocateDirect(12).order(ByteOrder.nativeOrder());
        TensorSpec first = new TensorSpec(1, 2, 3, ElementType.UINT8, ChannelAxis.FIRST);

        Preprocessing.defaults().apply(PAIR, first, batch);
        Preprocessing.defaults().apply(PAIR, first, batch);

        assertThat(bytes(batch.flip())).containsExactly(255, 10, 0, 20, 51, 200, 255, 10, 0, 20, 51, 200);
    }

    @Test
    void shouldTransposeWhatItResizesForChannelsFirst() {
        byte[] pixels = new byte[20 * 30 * 3];
        new java.util.Random(1).nextBytes(pixels);
        DecodedImage image = new DecodedImage(pixels, 20, 30);

        ByteBuffer last = Preprocessing.defaults()
                .apply(image, new TensorSpec(5, 7, 3, ElementType.FLOAT32))
                .data();
        ByteBuffer first = Preprocessing.defaults()
                .apply(image, new TensorSpec(5, 7, 3, ElementType.FLOAT32, ChannelAxis.FIRST))
                .data();

        for (int pixel = 0; pixel < 35; pixel++) {
            for (int channel = 0; channel < 3; channel++) {
                assertThat(first.getFloat((channel * 35 + pixel) * Float.BYTES))
                        .isEqualTo(last.getFloat((pixel * 3 + channel) * Float.BYTES));
            }
        }
    }

    @Test
    void shouldMakeOneChannelOfLuma() {
        ImageTensor tensor = Preprocessing.defaults().apply(PAIR, new TensorSpec(1, 2, 1, ElementType.UINT8));

        // 0.299 R + 0.587 G + 0.114 B
        assertThat(bytes(tensor.data())).containsExactly(82, 38);
    }

    @Test
    void shouldWriteIntoTheCallersBufferFromItsPosition() {
        ByteBuffer batch = ByteBuffer.allocateDirect(12).order(ByteOrder.nativeOrder());

        Preprocessing.defaults().apply(PAIR, BYTES, batch);
        MapTransform second = Preprocessing.defaults().apply(PAIR, BYTES, batch);

        assertThat(batch.hasRemaining()).isFalse();
        assertThat(bytes(batch.flip())).containsExactly(255, 0, 51, 10, 20, 200, 255, 0, 51, 10, 20, 200);
        assertThat(second).isEqualTo(MapTransform.IDENTITY);
    }

    @Test
    void shouldTellTheWayBackFromAStretchedTensor() {
        DecodedImage image = new DecodedImage(new byte[60 * 30 * 3], 60, 30);

        MapTransform toImage = Preprocessing.defaults()
                .apply(image, new TensorSpec(10, 10, 3, ElementType.UINT8))
                .toImage();

        assertThat(toImage).isEqualTo(new MapTransform(6, 0, 3, 0));
    }

    @Test
    void shouldTellTheWayBackFromTheMiddleOfAPicture() {
        DecodedImage image = new DecodedImage(new byte[61 * 30 * 3], 61, 30);
        Preprocessing crop =
                new Preprocessing(new InputSettings(null, Resize.CENTER_CROP, null, null, null, null, null, null));

        MapTransform toImage =
                crop.apply(image, new TensorSpec(10, 10, 3, ElementType.UINT8)).toImage();

        assertThat(toImage).isEqualTo(new MapTransform(3, 15, 3, 0));
    }

    @Test
    void shouldRefuseWhatDoesNotSuitTheModel() {
        assertRefused(preprocessing(null, null, List.of(1.0, 2.0), null), FLOATS, "needs 1 or 3 numbers");
        assertRefused(preprocessing(null, List.of(0.0, 1.0), null, null), BYTES, "the model takes uint8");
        assertRefused(preprocessing(null, null, null, List.of(2.0)), BYTES, "the model takes uint8");
        assertRefused(
                preprocessing(ChannelOrder.BGR, null, null, null),
                new TensorSpec(1, 1, 1, ElementType.FLOAT32),
                "takes one channel");
        assertRefused(
                Preprocessing.defaults(), new TensorSpec(1, 1, 4, ElementType.FLOAT32), "the model takes 4 channels");
    }

    @Test
    void shouldRefuseABufferThatDoesNotFit() {
        ByteBuffer small = ByteBuffer.allocate(5).order(ByteOrder.nativeOrder());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Preprocessing.defaults().apply(PAIR, BYTES, small))
                .withMessageContaining("uint8[1 x 2 x 3] takes 6 bytes");
    }

    private static void assertRefused(Preprocessing preprocessing, TensorSpec spec, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> preprocessing.check(spec))
                .withMessageContaining(message);
    }

    @Test
    void shouldRefuseASizeThatIsNoneOrNotTheModels() {
        TensorSpec spec = new TensorSpec(8, 6, 3, ElementType.FLOAT32);

        sized(8, 6).check(spec);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sized(6, 8).check(spec))
                .withMessage("size is [6, 8], but the model takes float32[8 x 6 x 3]");
        assertThatIllegalArgumentException().isThrownBy(() -> sized(0, 8)).withMessageContaining("size is [0, 8]");
        assertThatIllegalArgumentException().isThrownBy(() -> sized(8)).withMessageContaining("height and width");
    }

    private static Preprocessing sized(Integer... size) {
        return new Preprocessing(new InputSettings(List.of(size), null, null, null, null, null, null, null));
    }

    private static Preprocessing preprocessing(
            @Nullable ChannelOrder order,
            @Nullable List<Double> range,
            @Nullable List<Double> mean,
            @Nullable List<Double> std) {
        return new Preprocessing(new InputSettings(null, null, null, order, range, mean, std, null));
    }

    private static float[] floats(Preprocessing preprocessing, TensorSpec spec) {
        float[] values = new float[spec.elements()];
        preprocessing.apply(PAIR, spec).data().asFloatBuffer().get(values);
        return values;
    }

    private static int[] bytes(ByteBuffer data) {
        int[] values = new int[data.remaining()];
        for (int i = 0; i < values.length; i++) {
            values[i] = data.get(i) & 0xff;
        }
        return values;
    }

    private static Offset<Float> close() {
        return Offset.offset(1e-5f);
    }
}
