package io.hedgerow.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessorFeaturesTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "flags\t\t: fpu avx512f avx512_bf16, true",
        "flags\t\t: fpu amx_bf16 amx_tile, true",
        "flags\t\t: fpu avx2 avx512_vnni, false"
    })
    void shouldReadWhetherTheProcessorMultipliesBfloat16(String line, boolean expected) throws IOException {
        assertThat(processor(line).bfloat16()).hasValue(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "flags\t\t: fpu avx512f avx512_vnni, true",
        "flags\t\t: fpu avx2 avx_vnni, true",
        "flags\t\t: fpu amx_int8, true",
        "flags\t\t: fpu avx512f avx512_bf16, false",
        "Features\t: fp asimd, false"
    })
    void shouldReadWhetherTheProcessorMultipliesBytes(String line, boolean expected) throws IOException {
        assertThat(processor(line).multipliesBytes()).isEqualTo(expected);
    }

    @Test
    void shouldNotKnowWhereNothingTells() throws IOException {
        assertThat(new ProcessorFeatures(directory.resolve("absent")).bfloat16())
                .isEmpty();
        Path arm = Files.writeString(directory.resolve("cpuinfo"), "Features\t: fp asimd\n");
        assertThat(new ProcessorFeatures(arm).bfloat16()).isEmpty();
        assertThat(new ProcessorFeatures(directory.resolve("absent")).multipliesBytes())
                .isFalse();
    }

    private ProcessorFeatures processor(String line) throws IOException {
        return new ProcessorFeatures(Files.writeString(directory.resolve("cpuinfo"), "processor\t: 0\n" + line + "\n"));
    }
}
