package io.hedgerow.dashboard.security;

/** A request that is not answered: with which status, and why, for whoever asked. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;

    /** Takes a status of HTTP and one line. */
    public Refusal(int status, String message) {
        super(message);
        this.status = status;
    }

    /** Status of HTTP. */
    public int status() {
        return status;
    }
}
