package io.hedgerow.compiler.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.compiler.Compiler;
import io.hedgerow.compiler.api.CompileOptions;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FootprintTest {
    private static final Path MODEL = Path.of("src/test/resources/fixtures/models/sequential_plain_keras3/saved_model");

    @TempDir
    private Path folder;

    @Test
    void shouldCountWhatGradientsKeepOfTheForwardPass() throws IOException {
        long plain = bytes("grad-cam");
        long backward = bytes("gradient-x-input");
        long sampled = bytes("smoothgrad");
        long forward = backward - plain;

        // 16 tensors of the largest layer's size are more than the forward pass of so small a network
        assertThat(forward).isPositive().isLessThan(plain / 2);
        // one of the image, one of rows by class, and the same of the sample
        assertThat(sampled - plain).isEqualTo(3 * forward);
        assertThat(bytes("gradient-x-input", "grad-cam", "gradient")).isEqualTo(backward);
    }

    private long bytes(String... methods) throws IOException {
        return new Compiler()
                .compile(MODEL, CompileOptions.DEFAULT.with(methods), folder.resolve(String.join("-", methods)))
                .bytesPerImage();
    }
}
