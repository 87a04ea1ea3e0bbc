package io.hedgerow.topology;

import org.jspecify.annotations.Nullable;

/** A record can't be explained, now or later; the message says what is wrong with it. */
final class RejectedRecordException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private transient @Nullable EventFacts event;

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

    /** What the record says; null if it can't be read. */
    @Nullable
    EventFacts event() {
        return event;
    }

    /** The same, with what the record says. */
    RejectedRecordException about(@Nullable EventFacts facts) {
        event = facts;
        return this;
    }
}
