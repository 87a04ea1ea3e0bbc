package io.hedgerow.event;

import io.hedgerow.EncodedImage;
import io.hedgerow.PredictionEvent;
import io.hedgerow.RecordInput;
import io.hedgerow.image.ImageDecoder;
import io.hedgerow.image.pixels.BadImageException;
import io.hedgerow.image.pixels.DecodedImage;
import io.hedgerow.serde.MalformedRecordException;
import io.hedgerow.serde.RegistrySerde;
import io.hedgerow.serde.UnknownSchemaException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Finds the picture that an explanation is of: the explanation says where its event lies. Belongs to one thread.
 */
public final class EventPictures implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final RegistrySerde<PredictionEvent> events;
    private final ImageDecoder decoder;
    private final Duration patience;

    /**
     * Connects.
     *
     * @param settings of a consumer without a group
     * @param events stays the caller's to close
     * @param patience how long to wait for an event
     */
    public EventPictures(
            Map<String, Object> settings,
            RegistrySerde<PredictionEvent> events,
            ImageDecoder decoder,
            Duration patience) {
        this.decoder = decoder;
        this.patience = patience;
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.events = events;
    }

    /** The picture; empty if the event is no longer there, or holds no picture. */
    public Optional<DecodedImage> find(RecordInput input) {
        TopicPartition partition = new TopicPartition(input.getTopic(), input.getPartition());
        consumer.assign(List.of(partition));
        consumer.seek(partition, input.getOffset());
        try {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(patience)) {
                return record.offset() == input.getOffset() ? decode(record, events, decoder) : Optional.empty();
            }
        } catch (OffsetOutOfRangeException e) {
            // The topic has forgotten it.
        }
        return Optional.empty();
    }

    /** The picture in a record of events; empty if it isn't one that holds a picture. Safe for use by several threads. */
    public static Optional<DecodedImage> decode(
            ConsumerRecord<byte[], byte[]> record, RegistrySerde<PredictionEvent> events, ImageDecoder decoder) {
        try {
            PredictionEvent event = events.deserializer().deserialize(record.topic(), record.value());
            if (event != null && event.getImage() instanceof EncodedImage image) {
                ByteBuffer data = image.getData().duplicate();
                byte[] file = new byte[data.remaining()];
                data.get(file);
                return Optional.of(decoder.decode(file));
            }
        } catch (MalformedRecordException | UnknownSchemaException | BadImageException e) {
            // Then it has become another record than the one that was explained.
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
