package io.hedgerow.event;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Chooses the events to explain by a hash of their ids: the same ones every time. Thread-safe. */
public final class Sampling {
    private final double bound;

    /**
     * Chooses a share of all events.
     *
     * @param share 0 for none to 1 for all
     */
    public Sampling(double share) {
        bound = share * 0x1p32;
    }

    boolean includes(String eventId) {
        CRC32C hash = new CRC32C();
        hash.update(eventId.getBytes(StandardCharsets.UTF_8));
        return hash.getValue() < bound;
    }
}
