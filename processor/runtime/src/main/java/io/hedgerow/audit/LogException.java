package io.hedgerow.audit;

/** A log is not what it must be; the message says which, where, and what to do. */
public final class LogException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LogException(String message) {
        super(message);
    }
}
