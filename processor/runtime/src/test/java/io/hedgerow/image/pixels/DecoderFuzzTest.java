package io.hedgerow.image.pixels;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.image.ImageDecoder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Damaged files of every format: always an image or a {@link BadImageException}, and never memory beyond the limits. */
class DecoderFuzzTest {
    private static final Path FOLDER = Path.of("src/test/resources/golden/decode");
    private static final int MUTATIONS = 100;
    private static final ImageLimits LIMITS = new ImageLimits(1 << 20, 100_000);
    /** What a decode may allocate: two copies of the pixels as 4-byte samples, the file, and the readers' own tables. */
    private static final long MAX_ALLOCATION = 8 * LIMITS.pixels() + (4 << 20);

    static List<String> encoded() throws IOException {
        return DecodeGoldenTest.encoded();
    }

    @ParameterizedTest
    @MethodSource("encoded")
    void shouldDecodeOrRefuse(String name) throws Exception {
        byte[] whole = Files.readAllBytes(FOLDER.resolve(name));
        Random random = new Random(name.hashCode());
        ImageDecoder decoder = new ImageDecoder(LIMITS);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        decodes(decoder, whole);
        int refused = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] mutant = mutate(whole, random);
            long before = threads.getCurrentThreadAllocatedBytes();
            if (!decodes(decoder, mutant)) {
                refused++;
            }
            assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                    .as("bytes allocated for mutation %d", i)
                    .isLessThan(MAX_ALLOCATION);
        }
        assertThat(refused).isPositive();
    }

    static List<String> filesThatEndWithTheirPicture() throws IOException {
        List<String> others = List.of("gif-animated.gif", "jpeg-trailing-bytes.jpg", "tiff-pages.tif");
        return encoded().stream().filter(name -> !others.contains(name)).toList();
    }

    @ParameterizedTest
    @MethodSource("filesThatEndWithTheirPicture")
    void shouldRefuseEveryTruncation(String name) throws Exception {
        byte[] whole = Files.readAllBytes(FOLDER.resolve(name));
        // the padding of a BMP's last row and a GIF's trailer belong to no picture
        int padding = name.startsWith("bmp") ? 3 : name.startsWith("gif") ? 1 : 0;
        ImageDecoder decoder = new ImageDecoder(LIMITS);

        for (int length = 0; length < whole.length - padding; length++) {
            assertThat(decodes(decoder, Arrays.copyOf(whole, length)))
                    .as("%d of %d bytes decode", length, whole.length)
                    .isFalse();
        }
    }

    private static boolean decodes(ImageDecoder decoder, byte[] bytes) {
        try {
            DecodedImage image = decoder.decode(bytes);
            assertThat(Math.multiplyFull(image.width(), image.height())).isBetween(1L, LIMITS.pixels());
            return true;
        } catch (BadImageException e) {
            assertThat(e).message().isNotBlank().hasSizeLessThan(300).doesNotContain("\n");
            return false;
        }
    }

    private static byte[] mutate(byte[] whole, Random random) {
        byte[] mutant = whole.clone();
        switch (random.nextInt(4)) {
            case 0 -> mutant = Arrays.copyOf(mutant, random.nextInt(mutant.length));
            case 1 -> flipBits(mutant, random, mutant.length);
            case 2 -> flipBits(mutant, random, Math.min(64, mutant.length));
            default -> {
                int from = random.nextInt(mutant.length);
                int length = random.nextInt(Math.min(40, mutant.length - from));
                System.arraycopy(whole, random.nextInt(mutant.length - length), mutant, from, length);
            }
        }
        if (random.nextBoolean()) {
            repairPngChecksums(mutant);
        }
        return mutant;
    }

    private static void flipBits(byte[] bytes, Random random, int within) {
        for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
            bytes[random.nextInt(within)] ^= (byte) (1 << random.nextInt(8));
        }
    }

    /** Or every damaged PNG would end at its first checksum. */
    private static void repairPngChecksums(byte[] bytes) {
        if (bytes.length < 8 || bytes[1] != 'P') {
            return;
        }
        ByteBuffer file = ByteBuffer.wrap(bytes);
        int position = 8;
        while (position + 12 <= bytes.length) {
            int length = file.getInt(position);
            if (length < 0 || length > bytes.length - position - 12) {
                return;
            }
            CRC32 crc = new CRC32();
            crc.update(bytes, position + 4, length + 4);
            file.putInt(position + 8 + length, (int) crc.getValue());
            position += length + 12;
        }
    }
}
