package io.hedgerow.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.attribution.MapTransform;
import io.hedgerow.bench.SimulatedModel;
import io.hedgerow.compiler.runtime.AttributionRequest;
import io.hedgerow.compiler.runtime.ElementType;
import io.hedgerow.compiler.runtime.ImageTensor;
import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.device.BatchLimits;
import io.hedgerow.models.ModelTable;
import io.hedgerow.preprocess.Preprocessing;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class DevicesHealthTest {
    private static final TensorSpec INPUT = new TensorSpec(8, 8, 1, ElementType.UINT8);

    @Test
    void shouldNotBeReadyWhileModelsAreLoaded() {
        DevicesHealth health = new DevicesHealth(List::of);

        assertThat(health.health().ready()).isFalse();
        assertThat(health.health()).hasToString("devices: loading models (not ready)");
    }

    @Test
    void shouldSayWhichDeviceHangsAndSinceWhen() {
        try (SimulatedModel well = model(Duration.ZERO, Duration.ofSeconds(30));
                SimulatedModel slow = model(Duration.ofSeconds(3), Duration.ofMillis(100))) {
            AtomicReference<List<ModelTable>> devices = new AtomicReference<>(
                    List.of(new ModelTable("gpu:0", List.of(well)), new ModelTable("gpu:1", List.of(slow))));
            DevicesHealth health = new DevicesHealth(devices::get);
            assertThat(health.health()).hasToString("devices: gpu:0 up; gpu:1 up");

            var hung = slow.submit(new AttributionRequest(
                    new ImageTensor(
                            ByteBuffer.allocate(64).order(ByteOrder.nativeOrder()), INPUT, MapTransform.IDENTITY),
                    new int[] {0},
                    Map.of("ratio", 1f)));

            Awaitility.await().until(hung::isCompletedExceptionally);
            assertThat(health.health().ready()).isFalse();
            assertThat(health.health().live()).isTrue();
            assertThat(health.health().toString())
                    .matches("devices: gpu:0 up; gpu:1 hung since 20\\S+Z: did not finish a batch of 1 within PT0.1S"
                            + " \\(not ready\\)");
            Awaitility.await().until(() -> health.health().ready());
        }
    }

    private static SimulatedModel model(Duration perBatch, Duration limit) {
        return new SimulatedModel(
                "m",
                INPUT,
                Preprocessing.defaults(),
                2,
                perBatch,
                Duration.ZERO,
                new BatchLimits(1, Duration.ZERO, 10, 1000, limit));
    }
}
