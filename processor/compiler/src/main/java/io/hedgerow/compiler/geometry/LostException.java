package io.hedgerow.compiler.geometry;

/** Where an operation takes pixels can't be told; the message names it and says why. */
final class LostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LostException(String reason) {
        super(reason);
    }
}
