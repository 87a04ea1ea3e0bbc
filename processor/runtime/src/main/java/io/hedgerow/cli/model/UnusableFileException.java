package io.hedgerow.cli.model;

/** One of several files can't be used; the message names it and says why. */
final class UnusableFileException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
