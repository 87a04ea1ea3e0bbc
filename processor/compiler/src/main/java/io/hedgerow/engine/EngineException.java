package io.hedgerow.engine;

/** TensorFlow can't be started on this machine; the message says why and what to do. */
public final class EngineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EngineException(String message) {
        super(message);
    }

    EngineException(String message, Throwable cause) {
        super(message, cause);
    }
}
