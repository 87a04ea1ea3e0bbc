package io.hedgerow.image.pixels;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.image.ImageDecoder;
import io.hedgerow.npy.Npy;
import io.hedgerow.npy.NpyArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against what Pillow decodes; golden/README.md says how the files were made. */
class DecodeGoldenTest {
    private static final Path FOLDER = Path.of("src/test/resources/golden/decode");

    static List<String> encoded() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(".npy"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("encoded")
    void shouldDecodeTheVeryPixels(String name) throws Exception {
        NpyArray expected = Npy.read(FOLDER.resolve(name + ".npy"));

        DecodedImage image = new ImageDecoder().decode(Files.readAllBytes(FOLDER.resolve(name)));

        assertThat(new int[] {image.height(), image.width(), 3}).isEqualTo(expected.shape());
        assertThat(image.pixels()).isEqualTo(bytes(expected));
    }

    @Test
    void shouldCoverEveryFormat() throws Exception {
        assertThat(encoded())
                .extracting(name -> name.substring(0, 4))
                .contains("jpeg", "png-", "bmp-", "gif-", "webp", "tiff");
    }

    private static byte[] bytes(NpyArray array) {
        byte[] bytes = new byte[array.size()];
        array.data().get(bytes);
        return bytes;
    }
}
