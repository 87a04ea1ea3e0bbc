package io.hedgerow.image.pixels;

/** These bytes are no image that can be explained; the message says in one sentence what is wrong with them. */
public final class BadImageException extends Exception {
    private static final long serialVersionUID = 1L;

    public BadImageException(String message) {
        super(message);
    }

    public BadImageException(String message, Throwable cause) {
        super(message, cause);
    }
}
