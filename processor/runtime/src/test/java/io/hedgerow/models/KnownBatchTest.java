package io.hedgerow.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.compiler.runtime.ElementType;
import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.device.BatchSizeTuner;
import io.hedgerow.engine.TensorFlowDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownBatchTest {
    private static final TensorSpec INPUT = new TensorSpec(224, 224, 3, ElementType.UINT8);

    @TempDir
    Path compiled;

    @Test
    void shouldKeepWhatWasFoundForItsDeviceItsPicturesAndItsLimit() {
        known(INPUT, 32).write(new BatchSizeTuner(8, 12.5, null));
        known(INPUT, 32).write(new BatchSizeTuner(4, 10.5, null));

        assertThat(known(INPUT, 32).read()).isEqualTo(new BatchSizeTuner(4, 10.5, null));
        assertThat(known(INPUT, 16).read()).isNull();
        assertThat(known(new TensorSpec(224, 320, 3, ElementType.UINT8), 32).read())
                .isNull();
        assertThat(new KnownBatch(compiled, INPUT, new TensorFlowDevice(TensorFlowDevice.Type.GPU, 0), 32).read())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "size=8",
                "size=0\nimages-per-second=3",
                "size=33\nimages-per-second=3",
                "size=8\nimages-per-second=NaN",
                "size=8\nimages-per-second=-1",
                "size=eight\nimages-per-second=3",
                "size=8\nimages-per-second=3\nx=\\u12",
                "size=99999999999\nimages-per-second=3"
            })
    void shouldIgnoreWhatIsDamaged(String text) throws IOException {
        known(INPUT, 32).write(new BatchSizeTuner(8, 12.5, null));
        Files.writeString(files().get(0), text);

        assertThat(known(INPUT, 32).read()).isNull();

        known(INPUT, 32).write(new BatchSizeTuner(2, 5, null));
        assertThat(known(INPUT, 32).read()).isEqualTo(new BatchSizeTuner(2, 5, null));
        assertThat(files()).hasSize(1);
    }

    @Test
    void shouldIgnoreBytesThatAreNoText() throws IOException {
        known(INPUT, 32).write(new BatchSizeTuner(8, 12.5, null));
        Files.write(files().get(0), new byte[] {'s', (byte) 0xff, (byte) 0xfe, 0});

        assertThat(known(INPUT, 32).read()).isNull();
    }

    @Test
    void shouldGoOnWhereNothingCanBeWritten() {
        KnownBatch known = new KnownBatch(compiled.resolve("absent"), INPUT, TensorFlowDevice.CPU, 32);

        known.write(new BatchSizeTuner(8, 12.5, null));

        assertThat(known.read()).isNull();
    }

    private KnownBatch known(TensorSpec input, int most) {
        return new KnownBatch(compiled, input, TensorFlowDevice.CPU, most);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(compiled)) {
            return files.toList();
        }
    }
}
