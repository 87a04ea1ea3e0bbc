package io.hedgerow.dashboard.events;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.hedgerow.ClassExplanation;
import io.hedgerow.Explanation;
import io.hedgerow.PredictionEvent;
import io.hedgerow.RecordInput;
import io.hedgerow.event.EventPictures;
import io.hedgerow.image.ImageDecoder;
import io.hedgerow.image.pixels.DecodedImage;
import io.hedgerow.serde.MalformedRecordException;
import io.hedgerow.serde.RegistrySerde;
import io.hedgerow.serde.UnknownSchemaException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Explanations by their positions, and the pictures they are of, each fetched or drawn once while it is remembered. Safe for use
 * by several threads; answers come on its own.
 */
public final class EventStore implements AutoCloseable {
    // RATIONALE: Why Caffeine, and uPlot out of a WebJar?
    private static final long EXPLANATION_BYTES = 16L << 20;
    private static final long PICTURE_BYTES = 32L << 20;
    private static final int RECORD_BYTES = 2048;
    private static final int FETCHING = 2;
    private static final int FETCHES = 256;
    private static final int SEARCHES = 16;

    private final String topic;
    private final Deserializer<Explanation> explanations;
    private final RegistrySerde<PredictionEvent> events;
    private final ImageDecoder decoder;
    private final Fetchers fetchers;

    /** What takes seconds, so that pictures don't wait for it. */
    private final Fetchers searchers;

    private final Thumbnails thumbnails = new Thumbnails();
    private final AsyncCache<Address, Explanation> known = Caffeine.newBuilder()
            .maximumWeight(EXPLANATION_BYTES)
            .weigher((Address address, Explanation explanation) -> weight(explanation))
            .buildAsync();
    private final AsyncCache<Drawing, byte[]> drawn = Caffeine.newBuilder()
            .maximumWeight(PICTURE_BYTES)
            .weigher((Drawing drawing, byte[] file) -> file.length + RECORD_BYTES)
            .buildAsync();

    /** Position of an explanation in its topic. */
    public record Address(int partition, long offset) {}

    /** A kind of picture of an event. */
    public enum Kind {
        /** The picture at full size. */
        PICTURE,
        /** The picture, at most 160 pixels. */
        THUMBNAIL,
        /** The same under the map of the first class. */
        OVERLAY
    }

    /** Pictures that are the same have the same digest; maps differ with the explanation. */
    private record Drawing(String sha256, Kind kind, @Nullable Address overlay) {}

    /**
     * Prepares.
     *
     * @param connect makes a consumer without a group that reads what is committed
     * @param topic of explanations
     * @param explanations stays the caller's to close, after this
     * @param events stays the caller's to close, after this
     */
    public EventStore(
            Supplier<Consumer<byte[], byte[]>> connect,
            String topic,
            Deserializer<Explanation> explanations,
            RegistrySerde<PredictionEvent> events,
            ImageDecoder decoder) {
        this.topic = topic;
        this.explanations = explanations;
        this.events = events;
        this.decoder = decoder;
        this.fetchers = new Fetchers("events", connect, FETCHING, FETCHES);
        this.searchers = new Fetchers("search", connect, 1, SEARCHES);
    }

    /** Keeps an explanation that was read anyway. */
    public void know(ConsumerRecord<byte[], byte[]> record, Explanation explanation) {
        known.put(new Address(record.partition(), record.offset()), CompletableFuture.completedFuture(explanation));
    }

    /** The explanation at an address; null if there is none any more. */
    public CompletableFuture<@Nullable Explanation> explanation(Address address) {
        return known.get(
                address,
                (key, unused) -> fetchers.fetch(fetcher -> fetcher.fetch(partition(key), key.offset())
                        .map(this::read)
                        .orElse(null)));
    }

    /** A picture of the event of an explanation as JPEG or PNG; null if there is none any more, or it holds none. */
    public CompletableFuture<byte @Nullable []> picture(Address address, Kind kind) {
        return explanation(address).thenCompose(explanation -> {
            if (explanation == null || explanation.getInputs().isEmpty()) {
                return CompletableFuture.completedFuture(null);
            }
            Drawing drawing =
                    new Drawing(explanation.getImage().getSha256(), kind, kind == Kind.OVERLAY ? address : null);
            return drawn.get(drawing, (key, unused) -> fetchers.fetch(fetcher -> draw(fetcher, explanation, kind)));
        });
    }

    /** Computes something of a fetcher's on its thread. */
    <T> CompletableFuture<T> fetch(BiFunction<RecordFetcher, EventStore, T> what) {
        return fetchers.fetch(fetcher -> what.apply(fetcher, this));
    }

    /** Computes something that takes long, one after the other. */
    <T> CompletableFuture<T> search(Function<RecordFetcher, T> what) {
        return searchers.fetch(what);
    }

    String topic() {
        return topic;
    }

    /** What a record says; null if it can't be read. */
    @Nullable
    Explanation read(ConsumerRecord<byte[], byte[]> record) {
        try {
            return record.value() == null ? null : explanations.deserialize(topic, record.value());
        } catch (MalformedRecordException | UnknownSchemaException e) {
            return null;
        }
    }

    @Override
    public void close() throws InterruptedException {
        searchers.close();
        fetchers.close();
    }

    private byte @Nullable [] draw(RecordFetcher fetcher, Explanation explanation, Kind kind) {
        RecordInput input = explanation.getInputs().get(0);
        Optional<DecodedImage> image = fetcher.fetch(
                        new TopicPartition(input.getTopic(), input.getPartition()), input.getOffset())
                .flatMap(record -> EventPictures.decode(record, events, decoder));
        List<ClassExplanation> classes = explanation.getClasses();
        return image.map(picture -> switch (kind) {
                    case PICTURE -> thumbnails.whole(picture);
                    case THUMBNAIL -> thumbnails.small(picture);
                    case OVERLAY ->
                        classes.isEmpty() ? thumbnails.small(picture) : thumbnails.overlay(picture, classes.get(0));
                })
                .orElse(null);
    }

    private TopicPartition partition(Address address) {
        return new TopicPartition(topic, address.partition());
    }

    private static int weight(Explanation explanation) {
        int bytes = RECORD_BYTES;
        for (ClassExplanation explained : explanation.getClasses()) {
            bytes += explained.getMap().getValues().remaining() + RECORD_BYTES;
        }
        return bytes;
    }
}
