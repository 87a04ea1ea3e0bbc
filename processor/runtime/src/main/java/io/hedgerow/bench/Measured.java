package io.hedgerow.bench;

import io.hedgerow.models.Explainer;
import io.hedgerow.service.DeviceProvider;
import java.util.List;

/**
 * What is measured.
 *
 * @param devices that explain
 * @param imagesPerSecond what one of them reaches with full batches
 */
public record Measured(MeasuredCluster cluster, List<? extends Explainer> devices, double imagesPerSecond) {
    /** The same on other devices. */
    Measured on(List<? extends Explainer> others) {
        return new Measured(cluster, others, imagesPerSecond);
    }

    DeviceProvider provider() {
        return DeviceProvider.of(devices, imagesPerSecond * devices.size());
    }
}
