package io.hedgerow.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.compiler.runtime.ElementType;
import io.hedgerow.compiler.runtime.ImageTensor;
import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.image.ImageDecoder;
import io.hedgerow.image.pixels.DecodedImage;
import io.hedgerow.image.resampling.Resampling;
import io.hedgerow.npy.Npy;
import io.hedgerow.npy.NpyArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against TensorFlow's, Pillow's and OpenCV's own resizing; golden/README.md says how the files were made. */
class ResizeGoldenTest {
    private static final Path FOLDER = Path.of("src/test/resources/golden/resize");
    private static final Pattern NAME = Pattern.compile("(\\w+)-(\\d+)x(\\d+)-(.+)\\.npy");

    static List<String> tensors() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".npy"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("tensors")
    void shouldResizeToTheVeryNumbersOfTheLibrary(String name) throws Exception {
        Matcher parts = NAME.matcher(name);
        assertThat(parts.matches()).isTrue();
        NpyArray expected = Npy.read(FOLDER.resolve(name));
        int[] shape = expected.shape();
        String variant = parts.group(4);
        ElementType type = variant.equals("tensorflow-uint8") ? ElementType.UINT8 : ElementType.FLOAT32;
        DecodedImage picture = new ImageDecoder().decode(Files.readAllBytes(FOLDER.resolve(parts.group(1) + ".png")));

        ImageTensor tensor = settings(variant).apply(picture, new TensorSpec(shape[0], shape[1], shape[2], type));

        assertThat(largestDifference(tensor, expected.toFloats())).isZero();
    }

    private static float largestDifference(ImageTensor tensor, float[] expected) {
        assertThat(expected).hasSize(tensor.spec().elements());
        float largest = 0;
        for (int i = 0; i < expected.length; i++) {
            float value = tensor.spec().type() == ElementType.UINT8
                    ? tensor.data().get(i) & 0xff
                    : tensor.data().getFloat(i * Float.BYTES);
            largest = Math.max(largest, Math.abs(value - expected[i]));
        }
        return largest;
    }

    private static Preprocessing settings(String variant) {
        Resampling resampling =
                switch (variant) {
                    case "pil" -> Resampling.PIL;
                    case "opencv" -> Resampling.OPENCV;
                    default -> Resampling.TENSORFLOW;
                };
        Resize resize = variant.equals("center-crop") ? Resize.CENTER_CROP : Resize.STRETCH;
        return new Preprocessing(new InputSettings(null, resize, resampling, null, null, null, null, null));
    }
}
