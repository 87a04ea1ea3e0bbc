package io.hedgerow.event;

import io.hedgerow.PredictionEvent;
import io.hedgerow.serde.RegistryRefusedException;
import io.hedgerow.serde.RegistryUnavailableException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads the event out of a record. Thread-safe if its deserializer is. */
public final class EventReader {
    /** What Kafka allows, in bytes. */
    private static final int LONGEST_TOPIC = 249;

    private final Deserializer<PredictionEvent> deserializer;
    private final EventLimits limits;

    public EventReader(Deserializer<PredictionEvent> deserializer, EventLimits limits) {
        this.deserializer = deserializer;
        this.limits = limits;
    }

    /**
     * Decodes the record's value.
     *
     * @throws RejectedRecordException if the record holds no event
     * @throws RegistryUnavailableException if that can't be told now
     * @throws RegistryRefusedException if that can't be told before a person mends the settings
     */
    PredictionEvent read(InputRecord record) throws RejectedRecordException {
        checkHeaders(record);
        byte[] value = record.value();
        if (value == null) {
            throw new RejectedRecordException(Reason.NULL_VALUE, "the record's value is null, not a prediction event");
        }
        try {
            PredictionEvent event = deserializer.deserialize(record.partition().topic(), record.headers(), value);
            if (event == null) {
                throw new RejectedRecordException(Reason.MALFORMED, "the record's value holds no prediction event");
            }
            return event;
        } catch (SerializationException e) {
            throw new RejectedRecordException(Reason.MALFORMED, String.valueOf(e.getMessage()), e);
        }
    }

    private void checkHeaders(InputRecord record) throws RejectedRecordException {
        int count = 0;
        int replayed = 0;
        long bytes = 0;
        for (Header header : record.headers()) {
            int valueBytes = header.value() == null ? 0 : header.value().length;
            if (ErrorHeaders.REPLAYED.contains(header.key())
                    && valueBytes <= LONGEST_TOPIC
                    && replayed++ < ErrorHeaders.REPLAYED.size()) {
                // Else an event with as many headers as are taken could never be replayed.
                continue;
            }
            count++;
            bytes += header.key().getBytes(StandardCharsets.UTF_8).length + valueBytes;
        }
        if (count > limits.headers() || bytes > limits.headerBytes()) {
            throw new RejectedRecordException(
                    Reason.TOO_MUCH,
                    "the record has %d headers of %d bytes in all; at most %d of %d bytes are taken"
                            .formatted(count, bytes, limits.headers(), limits.headerBytes()));
        }
    }
}
