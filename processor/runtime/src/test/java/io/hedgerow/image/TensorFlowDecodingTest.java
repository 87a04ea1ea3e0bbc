package io.hedgerow.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hedgerow.attribution.MapTransform;
import io.hedgerow.attribution.SignedMap;
import io.hedgerow.image.pixels.BadImageException;
import io.hedgerow.image.pixels.DecodedImage;
import io.hedgerow.image.pixels.Decoding;
import io.hedgerow.image.pixels.Orientation;
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
import org.junit.jupiter.params.provider.EnumSource;
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

    @ParameterizedTest
    @EnumSource(Orientation.class)
    void shouldTurnMapsWithTheirPicture(Orientation orientation) {
        int width = 12;
        int height = 7;
        byte[] places = new byte[width * height * 3];
        float[] cells = new float[3 * 2];
        IntStream.range(0, width * height).forEach(pixel -> {
            places[3 * pixel] = (byte) (pixel % width);
            places[3 * pixel + 1] = (byte) (pixel / width);
        });
        IntStream.range(0, cells.length).forEach(cell -> cells[cell] = cell);
        DecodedImage stored = new DecodedImage(places, width, height, orientation);
        // cells of 3 x 1 pixels from column 2, row 3 on: each has a middle pixel
        SignedMap map = new SignedMap(cells, 2, 3, new MapTransform(3, 2, 1, 3));

        SignedMap turned = stored.turn().apply(map);

        DecodedImage upright = stored.upright();
        assertThat(upright.width()).isEqualTo(stored.uprightWidth());
        assertThat(upright.height()).isEqualTo(stored.uprightHeight());
        for (int row = 0; row < turned.height(); row++) {
            for (int column = 0; column < turned.width(); column++) {
                int cell = (int) turned.get(row, column);
                int x = (int) turned.toImage().x(column + 0.5);
                int y = (int) turned.toImage().y(row + 0.5);
                int shown = upright.rgb(x, y);
                assertThat(new int[] {shown >> 16, shown >> 8 & 0xff})
                        .isEqualTo(new int[] {2 + cell % 3 * 3 + 1, 3 + cell / 3});
            }
        }
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
