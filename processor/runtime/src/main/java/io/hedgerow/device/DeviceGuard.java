package io.hedgerow.device;

import ai.djl.translate.TranslateException;
import io.hedgerow.compiler.runtime.Attribution;
import io.hedgerow.compiler.runtime.AttributionRequest;
import java.util.List;
import org.tensorflow.exceptions.TFResourceExhaustedException;

/**
 * Tells a device's faults from those of requests. TensorFlow's own kinds of errors don't: a request that has worked before is
 * computed again, and if that fails too, the device is at fault.
 */
public final class DeviceGuard implements BatchFunction<AttributionRequest, Attribution> {
    private final BatchFunction<AttributionRequest, Attribution> model;
    private final String device;
    private final AttributionRequest harmless;

    /** Takes a request that nothing is wrong with. */
    public DeviceGuard(
            BatchFunction<AttributionRequest, Attribution> model, String device, AttributionRequest harmless) {
        this.model = model;
        this.device = device;
        this.harmless = harmless;
    }

    /**
     * Explains a batch.
     *
     * @throws DeviceMemoryException if the device's memory is not enough for it
     * @throws DeviceException if the device fails at anything
     */
    @Override
    public List<Attribution> apply(List<AttributionRequest> requests) throws TranslateException {
        try {
            return compute(requests);
        } catch (TranslateException e) {
            if (isOutOfMemory(e)) {
                throw new DeviceMemoryException(
                        "the memory of device %s is not enough for a batch of %d: %s"
                                .formatted(device, requests.size(), e.getMessage()),
                        e);
            }
            // RATIONALE: Why is another request computed after a failure?
            if (!answers()) {
                throw new DeviceException("device " + device + " does not compute: " + e.getMessage(), e);
            }
            throw e;
        }
    }

    private boolean answers() {
        try {
            compute(List.of(harmless));
            return true;
        } catch (TranslateException e) {
            return false;
        }
    }

    private List<Attribution> compute(List<AttributionRequest> requests) throws TranslateException {
        try {
            return model.apply(requests);
        } catch (TranslateException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("a model throws nothing else", e);
        }
    }

    private static boolean isOutOfMemory(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TFResourceExhaustedException) {
                return true;
            }
        }
        return false;
    }
}
