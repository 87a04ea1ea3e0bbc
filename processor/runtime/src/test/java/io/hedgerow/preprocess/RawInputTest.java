package io.hedgerow.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hedgerow.attribution.MapTransform;
import io.hedgerow.compiler.runtime.ChannelAxis;
import io.hedgerow.compiler.runtime.ElementType;
import io.hedgerow.compiler.runtime.ImageTensor;
import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.image.pixels.BadImageException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawInputTest {
    private static final TensorSpec SPEC = new TensorSpec(2, 3, 2, ElementType.FLOAT32);
    private static final int[] SHAPE = {2, 3, 2};

    @Test
    void shouldTakeARawTensorAsItIs() throws Exception {
        ByteBuffer bytes = floats(0.5f, 7);

        ImageTensor tensor = RawInput.of(bytes, ElementType.FLOAT32, SHAPE, SPEC);

        assertThat(tensor.data().getFloat(7 * Float.BYTES)).isEqualTo(0.5f);
        assertThat(tensor.data().order()).isEqualTo(ByteOrder.nativeOrder());
        assertThat(tensor.toImage()).isEqualTo(MapTransform.IDENTITY);
        assertThat(bytes.remaining()).isEqualTo(SPEC.bytes());
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void shouldSayWhereANumberIsNotFinite(float bad) {
        assertThatThrownBy(() -> RawInput.of(floats(bad, 11), ElementType.FLOAT32, SHAPE, SPEC))
                .isInstanceOf(BadImageException.class)
                .hasMessageContaining("holds " + bad + " at row 1, column 2, channel 1");
    }

    @Test
    void shouldTakeARawTensorOfChannelsFirstInItsOwnOrder() throws Exception {
        TensorSpec first = new TensorSpec(2, 3, 4, ElementType.FLOAT32, ChannelAxis.FIRST);
        ByteBuffer bytes = ByteBuffer.allocate(96).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putFloat(11 * Float.BYTES, Float.NaN);

        assertThatThrownBy(() -> RawInput.of(bytes, ElementType.FLOAT32, new int[] {4, 2, 3}, first))
                .hasMessageContaining("at row 1, column 2, channel 1");
        assertThatThrownBy(() -> RawInput.of(bytes, ElementType.FLOAT32, new int[] {2, 3, 4}, first))
                .hasMessage("the tensor is float32[2 x 3 x 4], but the model takes float32[4 x 2 x 3]");
    }

    @Test
    void shouldRefuseAnotherShape() {
        assertThatThrownBy(() -> RawInput.of(floats(1, 0), ElementType.FLOAT32, new int[] {3, 2, 2}, SPEC))
                .isInstanceOf(BadImageException.class)
                .hasMessage("the tensor is float32[3 x 2 x 2], but the model takes float32[2 x 3 x 2]");
    }

    @Test
    void shouldNotRepeatAnEndlessShape() {
        assertThatThrownBy(() -> RawInput.of(floats(1, 0), ElementType.FLOAT32, new int[1000], SPEC))
                .isInstanceOf(BadImageException.class)
                .message()
                .hasSizeLessThan(120);
    }

    @Test
    void shouldRefuseAnotherType() {
        assertThatThrownBy(() -> RawInput.of(ByteBuffer.allocate(12), ElementType.UINT8, SHAPE, SPEC))
                .isInstanceOf(BadImageException.class)
                .hasMessageContaining("the tensor is uint8[2 x 3 x 2]");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 47, 49})
    void shouldRefuseAnotherLength(int length) {
        assertThatThrownBy(() -> RawInput.of(ByteBuffer.allocate(length), ElementType.FLOAT32, SHAPE, SPEC))
                .isInstanceOf(BadImageException.class)
                .hasMessage("the tensor holds %d bytes, but float32[2 x 3 x 2] takes 48", length);
    }

    private static ByteBuffer floats(float value, int index) {
        return ByteBuffer.allocate(SPEC.bytes()).order(ByteOrder.LITTLE_ENDIAN).putFloat(index * Float.BYTES, value);
    }
}
