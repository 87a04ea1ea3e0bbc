package io.hedgerow.dashboard.events;

/** The broker did not answer. */
public final class UnreachableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnreachableException(Throwable cause) {
        super("the Kafka cluster did not answer: " + cause.getMessage(), cause);
    }
}
