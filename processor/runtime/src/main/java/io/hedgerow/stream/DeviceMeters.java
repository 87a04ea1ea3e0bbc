package io.hedgerow.stream;

import io.hedgerow.device.DeviceHealth;
import io.hedgerow.models.Explainer;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** How each device is, as meters. Their names and tags are API. */
final class DeviceMeters {
    private DeviceMeters() {}

    static void bind(List<? extends Explainer> devices, MeterRegistry meters) {
        for (Explainer device : devices) {
            Gauge.builder("hedgerow.device.up", device, DeviceMeters::up)
                    .description("1 while the device takes requests, 0 while it hangs or is to be tried again")
                    .tag("device", device.device())
                    .register(meters);
            count(
                    "hedgerow.device.hangs",
                    "Batches that exceeded their time limit",
                    device,
                    DeviceHealth::hangs,
                    meters);
            count(
                    "hedgerow.device.failures",
                    "Batches that the device failed at",
                    device,
                    DeviceHealth::failures,
                    meters);
            count(
                    "hedgerow.device.halvings",
                    "Batches halved because the device's memory was not enough",
                    device,
                    DeviceHealth::halvings,
                    meters);
        }
    }

    private static double up(Explainer device) {
        return device.health().state() == DeviceHealth.State.UP ? 1 : 0;
    }

    private static void count(
            String name,
            String description,
            Explainer device,
            ToDoubleFunction<DeviceHealth> count,
            MeterRegistry meters) {
        FunctionCounter.builder(name, device, explainer -> count.applyAsDouble(explainer.health()))
                .description(description)
                .tag("device", device.device())
                .register(meters);
    }
}
