package io.hedgerow.device;

/** A device did not finish a batch within its time limit. */
public final class DeviceTimeoutException extends DeviceException {
    private static final long serialVersionUID = 1L;

    public DeviceTimeoutException(String message) {
        super(message);
    }
}
