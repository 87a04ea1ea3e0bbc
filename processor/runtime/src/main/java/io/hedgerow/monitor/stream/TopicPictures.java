package io.hedgerow.monitor.stream;

import io.hedgerow.RecordInput;
import io.hedgerow.event.EventPictures;
import io.hedgerow.image.pixels.DecodedImage;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pictures from the topic of events, connected when the first is asked for. An alert without pictures is better than none: where
 * one could not be had within the time, none is looked for during a minute, or the task's transaction would time out.
 */
public final class TopicPictures implements Pictures {
    private static final Logger LOG = LoggerFactory.getLogger(TopicPictures.class);

    /** How long {@link EventPictures} may wait. */
    public static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final Supplier<EventPictures> connect;
    private final LongSupplier nanos;
    private @Nullable EventPictures events;
    private long pausedAt;
    private boolean paused;

    /**
     * Prepares to connect.
     *
     * @param connect waits for no picture longer than {@link #PATIENCE}
     * @param nanos a clock such as {@code System::nanoTime}
     */
    public TopicPictures(Supplier<EventPictures> connect, LongSupplier nanos) {
        this.connect = connect;
        this.nanos = nanos;
    }

    @Override
    public Optional<DecodedImage> find(RecordInput input) {
        long start = nanos.getAsLong();
        if (paused && start - pausedAt < PAUSE.toNanos()) {
            return Optional.empty();
        }
        paused = false;
        Optional<DecodedImage> found = Optional.empty();
        try {
            EventPictures connected = events == null ? connect.get() : events;
            events = connected;
            found = connected.find(input);
        } catch (RuntimeException e) {
            LOG.debug("No picture of {}", input, e);
        }
        long end = nanos.getAsLong();
        if (found.isEmpty() && end - start >= PATIENCE.toNanos()) {
            paused = true;
            pausedAt = end;
            LOG.warn(
                    "Alerts have no pictures for a minute: topic {} gave none within {} s",
                    input.getTopic(),
                    PATIENCE.toSeconds());
        }
        return found;
    }

    @Override
    public void close() {
        if (events != null) {
            events.close();
            events = null;
        }
    }
}
