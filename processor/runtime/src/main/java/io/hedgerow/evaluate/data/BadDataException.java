package io.hedgerow.evaluate.data;

/** A picture or an annotation is no good; the message says in one line what is wrong, and the reason is counted. */
public final class BadDataException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    public BadDataException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public BadDataException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
