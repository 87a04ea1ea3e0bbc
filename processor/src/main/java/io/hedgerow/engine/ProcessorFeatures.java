package io.hedgerow.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** What this machine's processor can do, as far as the operating system tells. */
public final class ProcessorFeatures {
    private static final Set<String> BFLOAT16 = Set.of("avx512_bf16", "amx_bf16");
    private static final Path LINUX = Path.of("/proc/cpuinfo");

    private final Path file;

    public ProcessorFeatures() {
        this(LINUX);
    }

    ProcessorFeatures(Path file) {
        this.file = file;
    }

    /** Whether it multiplies bfloat16 numbers by itself (AVX512_BF16 or AMX); empty where that can't be told. */
    public Optional<Boolean> bfloat16() {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith("flags"))
                    .findFirst()
                    .map(line -> Arrays.stream(line.split("\\s+")).anyMatch(BFLOAT16::contains));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
