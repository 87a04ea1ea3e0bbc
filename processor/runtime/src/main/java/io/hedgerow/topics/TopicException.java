package io.hedgerow.topics;

/** The cluster's topics are not what the topology needs; the message says what to change. */
public final class TopicException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TopicException(String message) {
        super(message);
    }
}
