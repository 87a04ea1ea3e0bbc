package io.hedgerow.device;

/** The device's memory was not enough for a batch; a smaller one may well fit. */
public final class DeviceMemoryException extends DeviceException {
    private static final long serialVersionUID = 1L;

    public DeviceMemoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
