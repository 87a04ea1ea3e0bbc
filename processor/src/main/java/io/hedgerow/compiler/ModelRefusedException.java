package io.hedgerow.compiler;

/**
 * A model that can't be explained, refused before anything of it runs. The message says what was wrong, where (node,
 * operation, function or file), and what could be done.
 */
public final class ModelRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ModelRefusedException(String message) {
        super(message);
    }

    public ModelRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
