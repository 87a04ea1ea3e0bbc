package io.hedgerow.image.pixels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hedgerow.image.ImageDecoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a TIFF says that can't be done, or should not be. */
class TiffDecodingTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/decode");

    private final ImageDecoder decoder = new ImageDecoder();

    @Test
    void shouldDecodeWhatItsFieldsSay() throws Exception {
        byte[] levels = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, (byte) 255};

        DecodedImage image = decoder.decode(TiffBytes.of(Map.of(), levels));

        assertThat(image.rgb(3, 3)).isEqualTo(0xffffff);
        assertThat(image.rgb(1, 2)).isEqualTo(0x090909);
    }

    @ParameterizedTest
    @CsvSource({
        "259, 4, 'compressed in an unsupported way (CCITT fax); LZW, Deflate, PackBits and JPEG are decoded'",
        "259, 50000, compressed in an unsupported way (Zstandard)",
        "259, 6, compressed in an unsupported way (old-style JPEG)",
        "262, 8, 'CIE L*a*b* colours; grey, RGB, palettes and CMYK are decoded'",
        "262, 6, 1 samples a pixel for YCbCr",
        "262, 3, a palette of 8 bits with 0 numbers",
        "258, 12, '12 bits a sample (1, 2, 4, 8 and 16 are decoded)'",
        "258, 32, 32 bits a sample",
        "339, 3, floating-point samples",
        "277, 7, 7 samples a pixel for grey",
        "278, 0, its strips have no rows"
    })
    void shouldNameWhatItDoesNotDecode(int field, int value, String message) {
        assertRefused(TiffBytes.of(Map.of(field, value), new byte[16]), message);
    }

    @ParameterizedTest
    @CsvSource({
        "256, 60000000, 60000000 x 4 pixels; the limit is 50000000 pixels",
        "257, -1, 4 x 2147483647 pixels; the limit is 50000000 pixels",
        "256, 0, 0 x 4 pixels",
        "273, 200, end before its strip or tile 0 does",
        "273, -1, end before its strip or tile 0 does",
        "279, 2000000000, end before its strip or tile 0 does",
        "279, 15, its strip or tile 0 holds 15 of 16 bytes",
        "278, 1, 'of 4 strips or tiles it says where 1 and how long 1 are'"
    })
    void shouldRefuseWhatAFileCantHold(int field, int value, String message) {
        assertRefused(TiffBytes.of(Map.of(field, value), new byte[16]), message);
    }

    @Test
    void shouldRefuseTilesBeyondTheLimit() {
        Map<Integer, Integer> fields = Map.of(322, 60_000, 323, 60_000, 324, 8, 325, 16);

        assertRefused(TiffBytes.of(fields, new byte[16]), "60000 x 60000 pixels; the limit is 50000000 pixels");
    }

    @Test
    void shouldRefuseStripsThatAreTheSameData() {
        Map<Integer, Integer> fields = Map.of(257, 8, 278, 4);
        byte[] file = TiffBytes.of(fields, new byte[16]);
        ByteBuffer entries = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        byte[] twice = Arrays.copyOf(file, file.length + 16);
        ByteBuffer values = ByteBuffer.wrap(twice).order(ByteOrder.LITTLE_ENDIAN);
        for (int entry = 26; entry + 12 <= file.length; entry += 12) {
            int tag = entries.getShort(entry);
            int at = file.length + (tag == 273 ? 0 : 8);
            if (tag == 273 || tag == 279) {
                values.putInt(entry + 4, 2).putInt(entry + 8, at);
                // each as long as the file
                values.putInt(at, tag == 273 ? 0 : twice.length).putInt(at + 4, tag == 273 ? 0 : twice.length);
            }
        }

        assertRefused(twice, "end before its strip or tile 1 does");
    }

    @Test
    void shouldRefuseAFieldBeyondTheFile() {
        byte[] file = TiffBytes.of(Map.of(), new byte[16]);
        // the first field's count
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(26 + 4, Integer.MAX_VALUE);

        assertRefused(file, "bytes end before what its first directory refers to");
    }

    @Test
    void shouldRefuseADirectoryThatIsItsOwnHeader() {
        byte[] file = TiffBytes.of(Map.of(), new byte[16]);
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(4, 0);

        assertRefused(file, "the TIFF is cut short");
    }

    @Test
    void shouldRefuseAJpegOfAnotherSizeThanItsStrip() throws Exception {
        byte[] file = Files.readAllBytes(GOLDEN.resolve("tiff-jpeg.tif"));
        int frame = 0;
        while ((file[frame] & 0xff) != 0xff || (file[frame + 1] & 0xff) != 0xc0) {
            frame++;
        }
        ByteBuffer.wrap(file).putShort(frame + 5, (short) 60_000).putShort(frame + 7, (short) 60_000);

        assertRefused(file, "a JPEG in it has 60000 x 60000 pixels, not 41 x 27");
    }

    private void assertRefused(byte[] file, String message) {
        assertThatThrownBy(() -> decoder.decode(file))
                .isInstanceOf(BadImageException.class)
                .hasMessageContaining(message);
    }
}
