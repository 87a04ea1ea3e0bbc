package io.hedgerow.service;

import io.hedgerow.models.Explainer;
import java.io.IOException;
import java.util.List;

/**
 * Where a process has its devices from. A run loads the models that its configuration names; a measurement or a test brings devices
 * of its own, and everything else is as in a run.
 */
@FunctionalInterface
public interface DeviceProvider {
    /**
     * Gets the devices ready, with their models loaded and warm.
     *
     * @return at least one device; whoever asks closes them
     * @throws IOException if a model can't be read
     */
    Devices open() throws IOException;

    /** Devices that are ready, and stay so until whoever made them closes them. */
    static DeviceProvider of(List<? extends Explainer> ready, double imagesPerSecond) {
        return () -> new Devices() {
            @Override
            public List<? extends Explainer> explainers() {
                return ready;
            }

            @Override
            public double imagesPerSecond() {
                return imagesPerSecond;
            }

            @Override
            public void close() {}
        };
    }

    /** Devices that explain. */
    interface Devices extends AutoCloseable {
        /** One for each device, at least one. */
        List<? extends Explainer> explainers();

        /** What all of them together reach with full batches. */
        double imagesPerSecond();

        @Override
        void close();
    }
}
