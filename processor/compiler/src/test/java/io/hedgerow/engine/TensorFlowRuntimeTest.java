package io.hedgerow.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorFlowRuntimeTest {

    @Test
    void shouldComputeWithLibrariesFromTheClassPath() {
        try (NDManager manager =
                        NDManager.newBaseManager(null, TensorFlowRuntime.start().getEngineName());
                NDArray a = manager.create(new float[] {1, 2, 3})) {
            assertThat(a.mul(2).toFloatArray()).containsExactly(2, 4, 6);
        }
        assertThat(TensorFlowRuntime.start().getVersion()).startsWith("2.16");
    }

    @Test
    void shouldNameThePlatformsThatExistOnAnotherOne() {
        assertThatThrownBy(() ->
                        NativePlatform.of("SunOS", "sparcv9").find(getClass().getClassLoader()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("sunos-sparcv9")
                .hasMessageContaining("linux-x86_64")
                .hasMessageContaining("TENSORFLOW_LIBRARY_PATH");
    }

    @Test
    void shouldUnpackOnceAndRepairWhatWasDamaged(@TempDir Path root) throws Exception {
        NativeResources resources = FakeArtifact.in(root.resolve("fake.jar"));
        NativeCache cache = new NativeCache(new UserCache(root.resolve("cache")));
        Path library = cache.unpack(resources, "1").resolve("libjnitensorflow.so");
        FileTime unpacked = Files.getLastModifiedTime(library);
        cache.unpack(resources, "1");
        assertThat(library).hasContent("library");
        assertThat(Files.getLastModifiedTime(library)).isEqualTo(unpacked);

        Files.writeString(library, "altered");
        cache.unpack(resources, "1");
        assertThat(library).hasContent("library");
    }
}
