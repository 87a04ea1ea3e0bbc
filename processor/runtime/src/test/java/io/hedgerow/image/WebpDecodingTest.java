package io.hedgerow.image;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hedgerow.image.pixels.BadImageException;
import io.hedgerow.image.pixels.ImageLimits;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a WebP says that can't be done, or should not be. */
class WebpDecodingTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/decode");
    private static final int FIRST_CHUNK = 12;
    private static final int DATA = 20;

    @ParameterizedTest
    @ValueSource(strings = {"webp-lossy-60.webp", "webp-lossless.webp", "webp-lossy-alpha.webp", "webp-animated.webp"})
    void shouldRefuseMorePixelsThanTheLimit(String name) throws Exception {
        byte[] file = file(name);

        assertThatThrownBy(() -> new ImageDecoder(new ImageLimits(1 << 20, 41 * 27 - 1)).decode(file))
                .isInstanceOf(BadImageException.class)
                .hasMessage("the image's header says 41 x 27 pixels; the limit is 1106 pixels");
    }

    @Test
    void shouldRefuseAHugeCanvas() throws Exception {
        byte[] file = file("webp-animated-on-canvas.webp");
        Arrays.fill(file, DATA + 4, DATA + 10, (byte) 0xff);

        assertRefused(file, "16777216 x 16777216 pixels; the limit is 50000000 pixels");
    }

    @Test
    void shouldRefuseAPictureThatLiesBesideItsCanvas() throws Exception {
        byte[] file = file("webp-animated-on-canvas.webp");
        file[DATA + 4] = 10;

        assertRefused(file, "its picture of 41 x 27 pixels doesn't fit its 11 x 40");
    }

    @Test
    void shouldRefuseAStillOfAnotherSizeThanItsCanvas() throws Exception {
        byte[] file = file("webp-lossy-alpha.webp");
        file[DATA + 4] = 60;

        assertRefused(file, "its picture of 41 x 27 pixels doesn't fit its 61 x 27");
    }

    @Test
    void shouldRefuseWhatEndsBeforeItsChunks() throws Exception {
        byte[] file = file("webp-lossy-60.webp");

        assertRefused(Arrays.copyOf(file, file.length - 1), "the WebP is cut short");
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(FIRST_CHUNK + 4, -1);
        assertRefused(file, "the WebP is cut short");
    }

    @ParameterizedTest
    @ValueSource(strings = {"webp-lossy-60.webp", "webp-lossless.webp"})
    void shouldRefuseDataThatEndBeforeThePicture(String name) throws Exception {
        byte[] file = file(name);
        ByteBuffer half =
                ByteBuffer.wrap(Arrays.copyOf(file, file.length / 2 & ~1)).order(ByteOrder.LITTLE_ENDIAN);
        half.putInt(4, half.limit() - 8).putInt(FIRST_CHUNK + 4, half.limit() - DATA);

        assertRefused(half.array(), "its data end before the picture does");
    }

    @Test
    void shouldRefuseAFileWithoutAPicture() throws Exception {
        byte[] file = file("webp-lossy-60.webp");
        file[FIRST_CHUNK + 3] = '9';

        assertRefused(file, "the WebP holds no picture");
    }

    private static byte[] file(String name) throws Exception {
        return Files.readAllBytes(GOLDEN.resolve(name));
    }

    private static void assertRefused(byte[] file, String message) {
        assertThatThrownBy(() -> new ImageDecoder().decode(file))
                .isInstanceOf(BadImageException.class)
                .hasMessageContaining(message);
    }
}
