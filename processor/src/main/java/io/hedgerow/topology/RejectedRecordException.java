package io.hedgerow.topology;

import org.jspecify.annotations.Nullable;

/** A record can't be explained, now or later; the message says what is wrong with it. */
final class RejectedRecordException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    RejectedRecordException(Reason reason, String message) {
        this(reason, message, null);
    }

    RejectedRecordException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
