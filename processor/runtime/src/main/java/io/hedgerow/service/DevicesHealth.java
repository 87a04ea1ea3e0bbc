package io.hedgerow.service;

import io.hedgerow.device.DeviceHealth;
import io.hedgerow.models.Explainer;
import io.hedgerow.web.Health;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** How the devices are: ready when all are up, never dead, for each is tried again. */
final class DevicesHealth implements Health.Source {
    private final Supplier<List<? extends Explainer>> devices;

    /** Takes the devices, none while their models are being loaded. */
    DevicesHealth(Supplier<List<? extends Explainer>> devices) {
        this.devices = devices;
    }

    @Override
    public Health health() {
        List<? extends Explainer> all = devices.get();
        boolean up = !all.isEmpty()
                && all.stream().allMatch(device -> device.health().state() == DeviceHealth.State.UP);
        String detail = all.stream()
                .map(device -> device.device() + " " + device.health())
                .collect(Collectors.joining("; "));
        return new Health("devices", true, up, all.isEmpty() ? "loading models" : detail);
    }
}
