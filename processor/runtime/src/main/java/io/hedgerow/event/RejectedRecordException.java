package io.hedgerow.event;

import org.jspecify.annotations.Nullable;

/** A record can't be explained, now or later; the message says what is wrong with it. */
public final class RejectedRecordException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private transient @Nullable EventFacts event;

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

    /** What the record says; null if it can't be read. */
    @Nullable
    public EventFacts event() {
        return event;
    }

    /** The same, with what the record says. */
    public RejectedRecordException about(@Nullable EventFacts facts) {
        event = facts;
        return this;
    }
}
