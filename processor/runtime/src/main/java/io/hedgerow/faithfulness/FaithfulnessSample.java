package io.hedgerow.faithfulness;

import io.hedgerow.compiler.runtime.ImageTensor;
import org.jspecify.annotations.Nullable;

/** Sample of the events whose evidence is put to trial, the same ones every time. Thread-safe. */
public final class FaithfulnessSample {
    private final double share;

    /**
     * Chooses a share of all events.
     *
     * @param share 0 for none to 1 for all
     */
    public FaithfulnessSample(double share) {
        this.share = share;
    }

    /** The trial of an event; null if it isn't in the sample. Takes a few milliseconds if it is. */
    public @Nullable BlurTrial trial(String eventId, String modelSha256, ImageTensor image) {
        if (share <= 0) {
            return null;
        }
        Draw draw = new Draw(eventId, modelSha256);
        return draw.isWithin(share) ? new BlurTrial(draw, image) : null;
    }
}
