package io.hedgerow.compiler.api;

/**
 * A model that can't be explained, refused before anything of it runs. The message says what was wrong, where (node,
 * operation, function or file), and what could be done.
 */
public final class ModelRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String details;

    public ModelRefusedException(String message) {
        this(message, "");
    }

    public ModelRefusedException(String message, Throwable cause) {
        this(message, "", cause);
    }

    private ModelRefusedException(String message, String details, Throwable cause) {
        super(message, cause);
        this.details = details;
    }

    /**
     * A refusal with more to say than a line holds.
     *
     * @param details for who asks for them; empty if there are none
     */
    public ModelRefusedException(String message, String details) {
        super(message);
        this.details = details;
    }

    /** The same refusal, which says too in which step it was found. */
    public ModelRefusedException in(String step) {
        return new ModelRefusedException("%s (found in %s)".formatted(getMessage(), step), details, this);
    }

    /** What a line doesn't hold; often empty. */
    public String details() {
        return details;
    }
}
