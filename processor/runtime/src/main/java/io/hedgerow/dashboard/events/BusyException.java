package io.hedgerow.dashboard.events;

/** Too much is being fetched already: whoever asks may ask again. */
public final class BusyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BusyException() {
        super("too many events are being fetched; try again in a moment");
    }
}
