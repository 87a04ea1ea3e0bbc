package io.hedgerow.models;

/** No model of that name and version is configured; the message names the known ones. */
public final class UnknownModelException extends Exception {
    private static final long serialVersionUID = 1L;

    public UnknownModelException(String message) {
        super(message);
    }
}
