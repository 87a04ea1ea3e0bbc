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
    private static final Set<String> BYTES = Set.of("avx512_vnni", "avx_vnni", "amx_int8");
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
        return any(BFLOAT16);
    }

    /** Whether it multiplies bytes and adds up in 32 bits by itself (VNNI or AMX), as far as that can be told. */
    public boolean multipliesBytes() {
        return any(BYTES).orElse(false);
    }

    private Optional<Boolean> any(Set<String> features) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith("flags"))
                    .findFirst()
                    .map(line -> Arrays.stream(line.split("\\s+")).anyMatch(features::contains));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
