package io.hedgerow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hedgerow.demo.EmbeddedKafka;
import io.hedgerow.topology.StreamBench;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ITStreamBench {
    @TempDir
    Path directory;

    @Test
    void shouldMeasureTheSameEventsWithAndWithoutKafka() throws Exception {
        try (EmbeddedKafka broker = EmbeddedKafka.start(directory);
                StreamRig rig = new StreamRig(broker, "bench", Map.of())) {
            StreamBench.Result result = rig.bench(new StreamBench.Load(800, 4, 1));

            assertThat(result.streamToBare())
                    .isCloseTo(result.streamImagesPerSecond() / result.bareImagesPerSecond(), within(1e-9));
            // The device takes at least 10 ms and 1 ms an image: no more than 16 images in 26 ms.
            assertThat(result.bareImagesPerSecond()).isBetween(1.0, 616.0);
            assertThat(result.deviceBusy()).isPositive();
            assertThat(result.meanBatch()).isBetween(1.0, 16.0);
        }
    }
}
