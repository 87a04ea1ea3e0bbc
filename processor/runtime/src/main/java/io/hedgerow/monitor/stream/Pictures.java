package io.hedgerow.monitor.stream;

import io.hedgerow.RecordInput;
import io.hedgerow.image.pixels.DecodedImage;
import java.util.Optional;

/** Where events' pictures are found. Used by one thread. */
public interface Pictures extends AutoCloseable {
    /** The picture of an event; empty if it can't be found. Waits seconds at most, and doesn't throw. */
    Optional<DecodedImage> find(RecordInput input);

    @Override
    void close();

    /** None at all. */
    static Pictures none() {
        return new Pictures() {
            @Override
            public Optional<DecodedImage> find(RecordInput input) {
                return Optional.empty();
            }

            @Override
            public void close() {}
        };
    }
}
