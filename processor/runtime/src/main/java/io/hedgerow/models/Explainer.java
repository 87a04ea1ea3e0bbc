package io.hedgerow.models;

import io.hedgerow.device.DeviceHealth;
import org.jspecify.annotations.Nullable;

/**
 * The models that one device explains. Implementations are thread-safe and have all models loaded and warm: finding one
 * never blocks.
 */
public interface Explainer {
    /** Name of the device, such as {@code cpu} or {@code gpu:0}. */
    String device();

    /** How the device is; never blocks. */
    DeviceHealth health();

    /**
     * Looks a model up.
     *
     * @param name as configured; compared, never used as a path
     * @param version null or empty for the newest one configured under that name
     * @throws UnknownModelException if there is none
     */
    ExplainableModel find(String name, @Nullable String version) throws UnknownModelException;
}
