package io.hedgerow.monitor.stream;

import io.hedgerow.RecordInput;
import io.hedgerow.event.EventPictures;
import io.hedgerow.image.pixels.DecodedImage;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pictures from the topic of events, connected when the first is asked for: an alert without them is better than none. */
public final class TopicPictures implements Pictures {
    private static final Logger LOG = LoggerFactory.getLogger(TopicPictures.class);

    private final Supplier<EventPictures> connect;
    private @Nullable EventPictures events;

    public TopicPictures(Supplier<EventPictures> connect) {
        this.connect = connect;
    }

    @Override
    public Optional<DecodedImage> find(RecordInput input) {
        try {
            EventPictures connected = events == null ? connect.get() : events;
            events = connected;
            return connected.find(input);
        } catch (RuntimeException e) {
            LOG.warn(
                    "No picture of {}-{}, offset {}: {}",
                    input.getTopic(),
                    input.getPartition(),
                    input.getOffset(),
                    e.toString());
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        if (events != null) {
            events.close();
            events = null;
        }
    }
}
