package io.hedgerow.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hedgerow.npy.Npy;
import io.hedgerow.npy.NpyArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against what TensorFlow's Python functions decode; golden/README.md says how the files were made. */
class TensorFlowDecodingTest {
    private static final Path ENCODED = Path.of("src/test/resources/golden/decode");
    private static final Path FOLDER = Path.of("src/test/resources/golden/decode-tensorflow");

    static List<String> decoded() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("decoded")
    void shouldDecodeTheVeryPixels(String name) throws Exception {
        NpyArray expected = Npy.read(FOLDER.resolve(name));
        int channels = expected.shape()[2];
        byte[] file = Files.readAllBytes(ENCODED.resolve(name.replaceFirst("(-grey)?\\.npy$", "")));

        DecodedImage image = new ImageDecoder().decode(file, Decoding.TENSORFLOW, channels);

        assertThat(new int[] {image.height(), image.width()}).isEqualTo(Arrays.copyOf(expected.shape(), 2));
        byte[] bytes = new byte[expected.size()];
        expected.data().get(bytes);
        byte[] first = new byte[expected.size()];
        IntStream.range(0, first.length).forEach(i -> first[i] = image.pixels()[i * 3 / channels]);
        assertThat(first).isEqualTo(bytes);
    }

    @Test
    void shouldDifferFromTheAccurateDecoder() throws Exception {
        byte[] file = Files.readAllBytes(ENCODED.resolve("jpeg-420.jpg"));

        assertThat(new ImageDecoder().decode(file, Decoding.TENSORFLOW, 3).pixels())
                .isNotEqualTo(new ImageDecoder().decode(file).pixels());
    }

    @Test
    void shouldShowThePictureUprightToPeopleOnly() throws Exception {
        byte[] file = Files.readAllBytes(ENCODED.resolve("jpeg-exif-6.jpg"));

        DecodedImage seen = new ImageDecoder().decode(file, Decoding.TENSORFLOW, 3);
        DecodedImage upright = new ImageDecoder().decode(file);

        assertThat(seen.width()).isEqualTo(upright.height()).isNotEqualTo(upright.width());
        assertThat(seen.upright().width()).isEqualTo(upright.width());
        assertThat(seen.upright().height()).isEqualTo(upright.height());
    }

    @Test
    void shouldRefuseDamageWithoutNamingItsOwnNodes() throws Exception {
        byte[] file = Files.readAllBytes(ENCODED.resolve("jpeg-cmyk.jpg"));

        // TensorFlow makes no grey of four channels
        assertThatThrownBy(() -> new ImageDecoder().decode(file, Decoding.TENSORFLOW, 1))
                .isInstanceOf(BadImageException.class)
                .hasMessageStartingWith("the JPEG")
                .hasMessageNotContaining("node");
    }

    @Test
    void shouldRefuseWhatIsCutShort() throws Exception {
        byte[] file = Files.readAllBytes(ENCODED.resolve("jpeg-420.jpg"));

        assertThatThrownBy(
                        () -> new ImageDecoder().decode(Arrays.copyOf(file, file.length / 2), Decoding.TENSORFLOW, 3))
                .isInstanceOf(BadImageException.class)
                .hasMessageContaining("cut short");
    }
}
