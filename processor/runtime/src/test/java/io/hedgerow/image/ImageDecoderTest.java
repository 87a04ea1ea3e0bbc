package io.hedgerow.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hedgerow.image.pixels.BadImageException;
import io.hedgerow.image.pixels.DecodedImage;
import io.hedgerow.image.pixels.ImageLimits;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {
    private final ImageDecoder decoder = new ImageDecoder();

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp", "tiff"})
    void shouldReturnTheVeryPixelsOfLosslessFormats(String format) throws Exception {
        BufferedImage picture = picture(37, 21);

        DecodedImage decoded = decoder.decode(encode(picture, format));

        assertThat(decoded.width()).isEqualTo(37);
        assertThat(decoded.height()).isEqualTo(21);
        for (int y = 0; y < 21; y++) {
            for (int x = 0; x < 37; x++) {
                assertThat(decoded.rgb(x, y)).isEqualTo(picture.getRGB(x, y) & 0xffffff);
            }
        }
    }

    @Test
    void shouldRefuseNoBytes() {
        assertRefused(new byte[0], "the image is empty (0 bytes)");
    }

    @Test
    void shouldRefuseTextWhateverItsFileIsCalled() {
        assertRefused("Hello, I am no picture".getBytes(UTF_8), "text, beginning \"Hello, I am no pictu\"");
    }

    @ParameterizedTest
    @CsvSource({"'....ftypavif', AVIF", "'....ftypheic', HEIF", "'%PDF-1.7', PDF"})
    void shouldNameAFormatThatItDoesNotDecode(String head, String name) {
        assertRefused(
                head.getBytes(UTF_8), "unsupported format (" + name + "); JPEG, PNG, GIF, BMP, WebP, TIFF are decoded");
    }

    @Test
    void shouldRefuseMoreBytesThanTheLimit() throws Exception {
        byte[] png = encode(picture(40, 40), "png");
        ImageDecoder strict = new ImageDecoder(new ImageLimits(png.length - 1, 1 << 20));

        assertThatThrownBy(() -> strict.decode(png))
                .isInstanceOf(BadImageException.class)
                .hasMessage("the image has %d bytes; the limit is %d", png.length, png.length - 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp", "gif", "jpg", "tiff"})
    void shouldRefuseMorePixelsThanTheLimit(String format) throws Exception {
        byte[] bytes = encode(picture(40, 25), format);
        ImageDecoder strict = new ImageDecoder(new ImageLimits(1 << 20, 999));

        assertThatThrownBy(() -> strict.decode(bytes))
                .isInstanceOf(BadImageException.class)
                .hasMessage("the image's header says 40 x 25 pixels; the limit is 999 pixels");
        assertThat(new ImageDecoder(new ImageLimits(1 << 20, 1000))
                        .decode(bytes)
                        .width())
                .isEqualTo(40);
    }

    @Test
    void shouldRefuseAHugeHeaderWithoutDecoding() throws Exception {
        byte[] png = encode(picture(8, 8), "png");
        ByteBuffer header = ByteBuffer.wrap(png);
        header.putInt(16, 60_000).putInt(20, 60_000);
        CRC32 crc = new CRC32();
        crc.update(png, 12, 17);
        header.putInt(29, (int) crc.getValue());

        assertRefused(png, "60000 x 60000 pixels; the limit is 50000000 pixels");
    }

    @Test
    void shouldRefuseAPngWithAWrongChecksum() throws Exception {
        BufferedImage picture = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_INDEXED);
        byte[] png = encode(picture, "png");
        int palette = new String(png, ISO_8859_1).indexOf("PLTE");
        png[palette + 10] ^= 1;

        assertRefused(png, "its PLTE chunk at byte " + (palette - 4) + " has a wrong checksum");
    }

    @Test
    void shouldRefuseAJpegWhoseDataEndBeforeThePicture() throws Exception {
        byte[] whole = encode(picture(200, 150), "jpg");
        byte[] half = Arrays.copyOf(whole, whole.length / 2);
        half[half.length - 2] = (byte) 0xff;
        half[half.length - 1] = (byte) 0xd9;

        assertRefused(half, "the JPEG is damaged or cut short: ");
    }

    @Test
    void shouldRefuseAPngWhoseDataEndBeforeThePicture() throws Exception {
        ByteBuffer whole = ByteBuffer.wrap(encode(picture(200, 150), "png"));
        int data = 33;
        int length = whole.getInt(data) / 2;
        ByteBuffer half = ByteBuffer.allocate(data + 12 + length + 12);
        half.put(whole.array(), 0, data).putInt(length).put(whole.array(), data + 4, 4 + length);
        CRC32 crc = new CRC32();
        crc.update(half.array(), data + 4, 4 + length);
        half.putInt((int) crc.getValue()).put(whole.array(), whole.limit() - 12, 12);

        assertRefused(half.array(), "the PNG is damaged");
    }

    @Test
    void shouldRefuseAGifWhoseDataEndBeforeThePicture() throws Exception {
        byte[] whole = encode(picture(200, 150), "gif");
        int block = 13 + 3 * 256;
        while (whole[block] != 0x2c) {
            block++;
        }
        block += 11;
        // the first block of data, no more
        byte[] start = Arrays.copyOf(whole, block + 1 + (whole[block] & 0xff) + 2);
        start[start.length - 2] = 0;
        start[start.length - 1] = 0x3b;

        assertRefused(start, "the GIF is damaged");
    }

    @ParameterizedTest
    @CsvSource({
        "0xc9, is coded in an unsupported way (SOF9)",
        "0xc3, is coded in an unsupported way (SOF3)",
        "0xcc, is coded in an unsupported way (arithmetic)"
    })
    void shouldNameAJpegCodingThatItDoesNotDecode(int marker, String message) throws Exception {
        byte[] jpeg = encode(picture(16, 16), "jpg");
        jpeg[frame(jpeg) + 1] = (byte) marker;

        assertRefused(jpeg, message);
    }

    @Test
    void shouldRefuseAJpegOfTwelveBits() throws Exception {
        byte[] jpeg = encode(picture(16, 16), "jpg");
        jpeg[frame(jpeg) + 4] = 12;

        assertRefused(jpeg, "the JPEG has 12 bits a channel; 8 are decoded");
    }

    @Test
    void shouldRefuseMoreScansThanAnEncoderMakes() throws Exception {
        byte[] jpeg = encode(picture(16, 16), "jpg");
        int scan = frame(jpeg);
        while ((jpeg[scan + 1] & 0xff) != 0xda) {
            scan += 2 + ((jpeg[scan + 2] & 0xff) << 8 | (jpeg[scan + 3] & 0xff));
        }
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        bomb.write(jpeg, 0, scan);
        for (int i = 0; i < 101; i++) {
            bomb.write(jpeg, scan, jpeg.length - 2 - scan);
        }
        bomb.write(jpeg, jpeg.length - 2, 2);

        assertRefused(bomb.toByteArray(), "the JPEG has more than 100 scans");
    }

    @Test
    void shouldRefuseABmpThatHidesAnotherFormat() throws Exception {
        byte[] bmp = encode(picture(16, 16), "bmp");
        bmp[30] = 5;

        assertRefused(bmp, "the BMP holds a JPEG or PNG");
    }

    @Test
    void shouldServeSeveralThreads() throws Exception {
        List<byte[]> files = new ArrayList<>();
        List<DecodedImage> alone = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            files.add(encode(picture(60 + i, 50), i % 2 == 0 ? "jpg" : "png"));
            alone.add(decoder.decode(files.get(i)));
        }

        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<DecodedImage>> together = new ArrayList<>();
        for (byte[] file : files) {
            together.add(threads.submit(() -> decoder.decode(file)));
        }

        for (int i = 0; i < files.size(); i++) {
            assertThat(together.get(i).get().pixels()).isEqualTo(alone.get(i).pixels());
        }
        threads.shutdown();
    }

    @Test
    void shouldCopyAPictureThatIsThereAlready() throws Exception {
        BufferedImage picture = picture(9, 7);

        DecodedImage copy = DecodedImage.of(picture);

        assertThat(copy.pixels())
                .isEqualTo(decoder.decode(encode(picture, "png")).pixels());
        assertThat(copy.toBufferedImage().getRGB(3, 4)).isEqualTo(picture.getRGB(3, 4));
    }

    /** Where the frame header (SOF0) is. */
    private static int frame(byte[] jpeg) {
        int position = 2;
        while ((jpeg[position + 1] & 0xff) != 0xc0) {
            position += 2 + ((jpeg[position + 2] & 0xff) << 8 | (jpeg[position + 3] & 0xff));
        }
        return position;
    }

    private void assertRefused(byte[] bytes, String message) {
        assertThatThrownBy(() -> decoder.decode(bytes))
                .isInstanceOf(BadImageException.class)
                .hasMessageContaining(message);
    }

    private static BufferedImage picture(int width, int height) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = picture.createGraphics();
        g.setPaint(new GradientPaint(0, 0, Color.ORANGE, width, height, Color.BLUE));
        g.fillRect(0, 0, width, height);
        g.setPaint(Color.WHITE);
        g.fillRect(2, 3, 5, 4);
        g.dispose();
        return picture;
    }

    private static byte[] encode(BufferedImage picture, String format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(ImageIO.write(picture, format, bytes)).isTrue();
        return bytes.toByteArray();
    }
}
