package io.hedgerow.event;

import org.jspecify.annotations.Nullable;

/** A record can't be explained, now or later; the message says what is wrong with it. */
public final class RejectedRecordException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    public RejectedRecordException(Reason reason, String message) {
        this(reason, message, null);
    }

    public RejectedRecordException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** What explaining a record threw, taken for the record's fault. */
    public static RejectedRecordException unexplainable(Throwable cause) {
        return new RejectedRecordException(Reason.NOT_EXPLAINABLE, "explaining failed: " + cause, cause);
    }
}
