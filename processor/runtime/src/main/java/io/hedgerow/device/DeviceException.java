package io.hedgerow.device;

/** The device, not the request, is at fault: nothing can be said of the request, which may well succeed later. */
public class DeviceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DeviceException(String message) {
        super(message);
    }

    public DeviceException(String message, Throwable cause) {
        super(message, cause);
    }
}
